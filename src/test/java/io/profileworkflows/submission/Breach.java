package io.profileworkflows.submission;

/**
 * A rule of the protocol, or an assumption about AWS, that a {@link World} breaks on
 * purpose: the invariants must notice each of them, or they are worth nothing.
 */
enum Breach {

	/** Claims and leases hold for ever, whoever has claimed the work since. */
	NO_FENCE,
	/** An attempt is written down when its answer is, not before it is sent. */
	NO_WRITE_AHEAD,
	/** A process that was frozen sends what it had prepared before. */
	NO_DEADLINE_CHECK,
	/** An answer that says nothing is taken for one that says that nothing was done. */
	UNKNOWN_IS_NOT_SENT,
	/** What is not listed right after the deadline counts as missing. */
	NO_SETTLE_TIME,
	/** One look is enough to believe in absence. */
	NO_SECOND_LOOK,
	/** A workflow at AWS may be found although another one here holds it. */
	NO_HELD_IDS,
	/**
	 * A FlowName that begins with ours counts even if it begins with a longer known one.
	 */
	NO_LONGEST_MATCH,
	/** What is listed but cannot be read yet is taken for gone. */
	UNREADABLE_IS_ABSENT,
	/** After a restore everything goes on as if nothing had happened. */
	NO_RECOVERY,

	/** AWS accepts a request for longer than is waited for it. */
	LONG_REQUEST_VALIDITY,
	/** A process dates its requests minutes ahead of AWS. */
	CLOCK_AHEAD_OF_AWS,
	/** A workflow is listed long after it was made. */
	SLOW_LISTS,
	/** Processes outlive the restore of their database. */
	PROCESSES_OUTLIVE_RESTORE

}
