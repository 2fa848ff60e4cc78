package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Time that passes only when told to.
 */
public final class MovableTime implements InstantSource {

	private final AtomicReference<Instant> now;

	public MovableTime(Instant start) {
		now = new AtomicReference<>(start);
	}

	@Override
	public Instant instant() {
		return now.get();
	}

	public void pass(Duration duration) {
		now.updateAndGet(instant -> instant.plus(duration));
	}

}
