package io.profileworkflows.customerprofiles;

import java.time.Duration;

/**
 * The moment after which a call must not begin. It is on the monotonic clock of this
 * process, which goes on while the process is frozen and never jumps.
 *
 * @param nanoTime comparable to {@link System#nanoTime()} only
 */
public record Deadline(long nanoTime) {

	public static Deadline in(Duration duration) {
		return new Deadline(System.nanoTime() + duration.toNanos());
	}

	public boolean hasPassed() {
		return nanoTime - System.nanoTime() <= 0;
	}

	/**
	 * What is left, never negative.
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
	}

}
