package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lets no more than so many calls of one operation pass in any second, wherever that
 * second begins. A bucket that refills could let nearly twice as many through.
 */
final class RateLimit {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	private final int most;

	private final InstantSource clock;

	private final Map<Operation, Deque<Instant>> passed = new EnumMap<>(Operation.class);

	RateLimit(int most, InstantSource clock) {
		this.most = most;
		this.clock = clock;
	}

	synchronized boolean lets(Operation operation) {
		if (most == 0) {
			return true;
		}
		var now = clock.instant();
		var recent = passed.computeIfAbsent(operation, _ -> new ArrayDeque<>());
		while (!recent.isEmpty() && !recent.getFirst().isAfter(now.minus(WINDOW))) {
			recent.removeFirst();
		}
		if (recent.size() >= most) {
			return false;
		}
		recent.addLast(now);
		return true;
	}

	synchronized void clear() {
		passed.clear();
	}

}
