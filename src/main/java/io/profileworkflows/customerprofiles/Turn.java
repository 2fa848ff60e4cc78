package io.profileworkflows.customerprofiles;

import java.time.Duration;

/**
 * The place of a call in the even pace of all replicas, on the monotonic clock of this
 * process.
 *
 * @param isTaken whether a call may begin then; otherwise it is worth asking again then
 * @param at comparable to {@link System#nanoTime()} only
 * @param interval from one call to the next at the pace of then
 * @param putOff for how long in all this process had put off later calls by then
 */
public record Turn(boolean isTaken, long at, Duration interval, Duration putOff) {

	static Turn taken(Duration in, Duration interval, Duration putOff) {
		return new Turn(true, System.nanoTime() + in.toNanos(), interval, putOff);
	}

	static Turn askAgain(Duration in) {
		return new Turn(false, System.nanoTime() + in.toNanos(), Duration.ZERO, Duration.ZERO);
	}

	/** How long it is until then, never negative. */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
	}

	/** How long ago it was, never negative. */
	Duration late() {
		return Duration.ofNanos(Math.max(0, System.nanoTime() - at));
	}

}
