package io.profileworkflows.outbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a claimed piece of work.
 *
 * @param delay after which it is due again; null where it is done
 * @param forgetsFailures whether earlier failures count no more
 * @param failures that are added to the earlier ones
 */
record Ending(Work work, @Nullable Duration delay, boolean forgetsFailures, int failures) {

	static Ending done(Work work) {
		return new Ending(work, null, true, 0);
	}

	/** The next pass is due then, after one that went well. */
	static Ending again(Work work, Duration delay) {
		return new Ending(work, delay, true, 0);
	}

	/** It could not be done for a reason that was to be expected. */
	static Ending later(Work work, Duration delay) {
		return new Ending(work, delay, false, 0);
	}

	/** It failed unexpectedly. */
	static Ending failed(Work work, Duration delay) {
		return new Ending(work, delay, false, 1);
	}

	boolean isDone() {
		return delay == null;
	}

}
