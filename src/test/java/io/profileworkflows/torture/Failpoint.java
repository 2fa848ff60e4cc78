package io.profileworkflows.torture;

/**
 * Where a process halts, between the claim of a piece of work and its end.
 */
enum Failpoint {

	/**
	 * The transaction that accepted the request has written its attempt. It comes first,
	 * since nothing goes this way while work of another is due.
	 */
	AFTER_STRAIGHT_ATTEMPT("WorkRuns", "run", false) {
		@Override
		boolean isOfTheStraightWay() {
			return true;
		}
	},

	/** Claimed, and not committed. */
	BEFORE_CLAIM_IS_COMMITTED("Settlement", "beginClaimed", false),

	/** Claimed, and nothing else, as a new process does. */
	BEFORE_ATTEMPT("Settlement", "begin", false) {
		@Override
		String caution() {
			return "1h";
		}
	},

	/** The attempt is written, and not committed. */
	BEFORE_ATTEMPT_IS_COMMITTED("Settlement", "beginClaimed", true),

	/** The attempt is committed. */
	AFTER_ATTEMPT("WorkRuns", "run", false),

	/** About to call. */
	BEFORE_CALL("CustomerProfiles", "create", false),

	/** The answer is there, and nothing of it is written. */
	AFTER_ANSWER("CustomerProfiles", "create", true),

	/** The answer is written, and not committed. */
	BEFORE_ANSWER_IS_COMMITTED("Settlement", "decide", false),

	/** All is committed. */
	AFTER_COMMIT("WorkRuns", "run", true);

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

	/** How long the process commits claims alone. */
	String caution() {
		return "0s";
	}

	boolean isAfter() {
		return after;
	}

	/** Whether the process halts only for a create that began as it was accepted. */
	boolean isOfTheStraightWay() {
		return false;
	}

	/** No hook runs, no connection is closed, nothing is flushed. */
	void halt() {
		System.out.println("Halting at " + this);
		System.out.flush();
		Runtime.getRuntime().halt(STATUS);
	}

}
