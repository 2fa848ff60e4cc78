package io.profileworkflows.torture;

/**
 * Where a process halts, between the claim of a piece of work and its end.
 */
enum Failpoint {

	/** Claimed, and not committed. */
	BEFORE_ATTEMPT("Settlement", "beginClaimed", false),

	/** The attempt is written, and not committed. */
	BEFORE_ATTEMPT_IS_COMMITTED("Attempts", "begin", true),

	/** The attempt is committed. */
	AFTER_ATTEMPT("SubmissionWorker", "handle", false),

	/** About to call. */
	BEFORE_CALL("CustomerProfiles", "create", false),

	/** The answer is there, and nothing of it is written. */
	AFTER_ANSWER("CustomerProfiles", "create", true),

	/** The answer is written, and not committed. */
	BEFORE_ANSWER_IS_COMMITTED("Attempts", "answer", true),

	/** All is committed. */
	AFTER_COMMIT("Settlement", "settle", true);

	static final String PROPERTY = "failpoint";

	static final int STATUS = 86;

	private final String type;

	private final String method;

	private final boolean after;

	Failpoint(String type, String method, boolean after) {
		this.type = type;
		this.method = method;
		this.after = after;
	}

	String type() {
		return type;
	}

	String method() {
		return method;
	}

	boolean isAfter() {
		return after;
	}

	/** No hook runs, no connection is closed, nothing is flushed. */
	void halt() {
		System.out.println("Halting at " + this);
		System.out.flush();
		Runtime.getRuntime().halt(STATUS);
	}

}
