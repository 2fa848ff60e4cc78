package io.profileworkflows.submission;

import java.time.Duration;

/**
 * The times of a {@link World} in milliseconds: the service's defaults, and what is
 * assumed of AWS.
 */
final class Clocks {

	static final long SECOND = 1000;

	static final long MINUTE = 60 * SECOND;

	/** Any will do. */
	static final long BEGINNING = 1_800_000_000_000L;

	static final long CALL_TIMEOUT = 30 * SECOND;

	static final long LEASE = 60 * SECOND;

	static final long SKEW = 5 * MINUTE;

	static final long SETTLE_TIME = 6 * MINUTE;

	static final long SECOND_LOOK = 30 * SECOND;

	/** Shorter than the default, to save looks that find nothing new. */
	static final long LIMIT = 20 * MINUTE;

	/** How long after its date AWS accepts a request. */
	static final long VALIDITY = 5 * MINUTE;

	/** How far the date of a request may be ahead of AWS. */
	static final long MOST_LEAD = 30 * SECOND;

	/**
	 * How late a workflow may be listed: whatever is made must be listed when the second
	 * look begins, with a moment to spare.
	 */
	static final long MOST_LAG = SETTLE_TIME + SECOND_LOOK - VALIDITY - MOST_LEAD - SECOND;

	private Clocks() {
	}

	static Patience patience(boolean settles, boolean looksTwice) {
		return new Patience(Duration.ofMillis(SKEW), Duration.ofMillis(settles ? SETTLE_TIME : 0),
				Duration.ofMillis(looksTwice ? SECOND_LOOK : 0), Duration.ofMillis(LIMIT));
	}

}
