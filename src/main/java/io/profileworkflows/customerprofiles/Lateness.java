package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * For how long this process has put off calls to come since others began late. Each that
 * is late takes a place among those to come; but all together put them off by no more
 * than the latest is late.
 *
 * @param inAll since the process began
 * @param upTo what it may come to for those that are late together
 * @param unwritten the part that the other replicas have not been told of
 */
record Lateness(Duration inAll, Duration upTo, Duration unwritten) {

	static final Lateness NOTHING = new Lateness(Duration.ZERO, Duration.ZERO, Duration.ZERO);

	/** How late a call may begin without any consequence. */
	static final Duration TOLERATED = Duration.ofMillis(10);

	/** What is less is added up. */
	private static final Duration WORTH_WRITING = Duration.ofMillis(10);

	Lateness with(Turn turn, Duration late) {
		if (late.compareTo(TOLERATED) <= 0) {
			return this;
		}
		var itsOwn = turn.putOff().plus(late);
		// whatever was put off before the turn was taken was for others
		var isFirst = turn.putOff().equals(inAll);
		var bound = (isFirst || itsOwn.compareTo(upTo) > 0) ? itsOwn : upTo;
		var more = Stream.of(turn.interval(), late, bound.minus(inAll)).min(Duration::compareTo).orElseThrow();
		return new Lateness(inAll.plus(more), bound, unwritten.plus(more));
	}

	boolean isWorthWriting() {
		return unwritten.compareTo(WORTH_WRITING) > 0;
	}

	Lateness written() {
		return new Lateness(inAll, upTo, Duration.ZERO);
	}

}
