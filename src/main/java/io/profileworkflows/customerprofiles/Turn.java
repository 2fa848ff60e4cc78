package io.profileworkflows.customerprofiles;

import java.time.Duration;

/**
 * The place of a call in the even pace of all replicas, on the monotonic clock of this
 * process.
 *
 * @param isTaken whether a call may begin then; otherwise it is worth asking again then
 * @param at comparable to {@link System#nanoTime()} only
 */
public record Turn(boolean isTaken, long at) {

	/**
	 * How late a call may begin. After that its turn is lost: it would come too close to
	 * the calls after it.
	 */
	private static final Duration LATEST = Duration.ofMillis(20);

	static Turn taken(Duration in) {
		return new Turn(true, System.nanoTime() + in.toNanos());
	}

	static Turn askAgain(Duration in) {
		return new Turn(false, System.nanoTime() + in.toNanos());
	}

	/** How long it is until then, never negative. */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
	}

	/** Whether it was taken, but is so long ago that no call may begin any more. */
	boolean isMissed() {
		return isTaken && System.nanoTime() - at > LATEST.toNanos();
	}

}
