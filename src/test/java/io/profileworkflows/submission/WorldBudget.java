package io.profileworkflows.submission;

import java.time.Duration;

import io.profileworkflows.customerprofiles.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a {@link World}, with what the statements of {@code Budget} do. AWS allows
 * one create a second there, so that the few that there are come close to each other. No
 * restore takes it back: that takes longer than a turn.
 */
final class WorldBudget {

	static final int QUOTA = 1;

	private static final long INTERVAL = Math.round(Clocks.SECOND / (QUOTA * 0.96));

	private static final long INTERVAL_WHEN_CATCHING_UP = Math.round(Clocks.SECOND / (QUOTA * 0.98));

	private static final long AHEAD = 200;

	private static final long LONGEST_WAIT = Clocks.SECOND;

	private final World world;

	private long nextFree;

	/** In milliseconds. */
	private long lost;

	WorldBudget(World world) {
		this.world = world;
	}

	/** When it is worth asking. */
	long askAgain() {
		return nextFree - AHEAD;
	}

	@Nullable Turn tryTake() {
		return take(AHEAD);
	}

	/** After one that came too late. */
	@Nullable Turn takeAnew() {
		lost += INTERVAL;
		return take(LONGEST_WAIT);
	}

	private @Nullable Turn take(long within) {
		var now = world.now();
		if (nextFree > now + within) {
			return null;
		}
		var begins = Math.max(nextFree, now);
		var interval = (lost > 0) ? INTERVAL_WHEN_CATCHING_UP : INTERVAL;
		lost = Math.max(0, lost - (INTERVAL - interval));
		nextFree = begins + interval;
		var time = Duration.ofMillis(interval);
		return new Turn(true, nanos(begins), nanos(begins) + Turn.lasts(time).toNanos(), time, Duration.ZERO);
	}

	/** AWS asks to wait. */
	void lower(long pause) {
		lost = 0;
		nextFree = Math.max(nextFree, world.now() + pause);
	}

	static long nanos(long milliseconds) {
		return milliseconds * 1_000_000;
	}

	static long milliseconds(long nanos) {
		return nanos / 1_000_000;
	}

}
