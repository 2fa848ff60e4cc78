package io.profileworkflows.submission;

/**
 * A rule of the protocol, or an assumption about AWS, that a {@link World} breaks on
 * purpose: the invariants must notice each of them, or they are worth nothing.
 */
enum Breach {

	/**
	 * Claims and leases hold for ever, even if another worker has claimed the work since.
	 */
	NO_FENCE("cannot become"),
	/** An attempt is written down when its answer is, not before it is sent. */
	NO_WRITE_AHEAD("times at AWS"),
	/** A process that was frozen sends what it had prepared before. */
	NO_DEADLINE_CHECK("times at AWS"),
	/** A process that was frozen sends although its turn is over. */
	NO_TURN_CHECK("in one second"),
	/** A turn is given up and another one taken although the request has left. */
	GIVEN_UP_BUT_SENT("times at AWS"),
	/** An answer that says nothing is taken for one that says that nothing was done. */
	UNKNOWN_IS_NOT_SENT("times at AWS"),
	/** What is not listed right after the deadline counts as missing. */
	NO_SETTLE_TIME("times at AWS"),
	/** One look is enough to believe in absence. */
	NO_SECOND_LOOK("times at AWS"),
	/** A workflow at AWS may be found although another one here holds it. */
	NO_HELD_IDS("which another one holds"),
	/**
	 * A FlowName that begins with ours counts even if it begins with a longer known one.
	 */
	NO_LONGEST_MATCH("takes"),
	/** What is listed but cannot be read yet is taken for gone. */
	UNREADABLE_IS_ABSENT("times at AWS"),
	/** After a restore everything goes on as if nothing had happened. */
	NO_RECOVERY("times at AWS"),

	/** AWS accepts a request for longer than is waited for it. */
	LONG_REQUEST_VALIDITY("times at AWS"),
	/** A process dates its requests minutes ahead of AWS. */
	CLOCK_AHEAD_OF_AWS("times at AWS"),
	/** A workflow is listed long after it was made. */
	SLOW_LISTS("times at AWS"),
	/** Processes outlive the restore of their database. */
	PROCESSES_OUTLIVE_RESTORE("times at AWS");

	private final String violation;

	Breach(String violation) {
		this.violation = violation;
	}

	/** Whether it is what must come of it. */
	boolean explains(Violation violation) {
		return String.valueOf(violation.getMessage()).contains(this.violation);
	}

}
