package io.profileworkflows.customerprofiles;

import java.time.Duration;

/**
 * The place of one call in the even pace of all replicas, on the monotonic clock of this
 * process.
 *
 * @param isTaken whether a call may begin then; otherwise it is worth asking again then
 * @param at comparable to {@link System#nanoTime()} only
 * @param until when it is over, on the same clock: what has not left by then must take
 * another one
 * @param interval from one call to the next at the pace of then
 * @param putOff for how long in all this process had put off later calls by then
 */
public record Turn(boolean isTaken, long at, long until, Duration interval, Duration putOff) {

	/**
	 * How long a turn lasts, as a part of the interval: with the pace of {@link Budget},
	 * so that no second has more than the quota and one. See
	 * docs/adr/0008-a-turn-is-a-window.md.
	 */
	private static final double LASTS = 0.75;

	/**
	 * With quotas of more than some eight a second the interval is shorter than what a
	 * busy machine takes to wake a thread up; a second may have a tenth more there.
	 */
	private static final Duration LASTS_AT_LEAST = Duration.ofMillis(100);

	/**
	 * A turn was taken.
	 * @param asked a moment before the clock of the database was read, so that a process
	 * that is frozen while it waits for the answer notices it
	 * @param in how long after that moment it begins by the clock of the database
	 */
	static Turn taken(long asked, Duration in, Duration interval, Duration putOff) {
		var begins = asked + in.toNanos();
		return new Turn(true, Math.max(begins, System.nanoTime() + in.toNanos()), begins + lasts(interval).toNanos(),
				interval, putOff);
	}

	static Turn askAgain(Duration in) {
		var at = System.nanoTime() + in.toNanos();
		return new Turn(false, at, at, Duration.ZERO, Duration.ZERO);
	}

	/** For how long a call may leave on a turn at such a pace. */
	public static Duration lasts(Duration interval) {
		var part = Duration.ofNanos(Math.round(interval.toNanos() * LASTS));
		return (part.compareTo(LASTS_AT_LEAST) < 0) ? LASTS_AT_LEAST : part;
	}

	/** How long it is until then, never negative. */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
	}

	/** How long ago it was, never negative. */
	Duration late() {
		return Duration.ofNanos(Math.max(0, System.nanoTime() - at));
	}

	/** Whether nothing may leave on it any more. */
	boolean isOver() {
		return isOver(System.nanoTime());
	}

	/** @see #isOver() */
	public boolean isOver(long nanoTime) {
		return nanoTime - until > 0;
	}

}
