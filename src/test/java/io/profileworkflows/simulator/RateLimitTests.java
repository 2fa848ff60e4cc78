package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import static io.profileworkflows.simulator.Operation.GET_DOMAIN;
import static io.profileworkflows.simulator.Operation.GET_WORKFLOW;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

class RateLimitTests {

	private final MovableTime time = new MovableTime(Instant.EPOCH);

	@Test
	void letsNoMorePassInAnySecondWhereverItBegins() throws Exception {
		var limit = new RateLimit(5, time);
		var passedInTick = new ArrayList<Integer>();

		try (var callers = Executors.newFixedThreadPool(4)) {
			Callable<Boolean> call = () -> limit.lets(GET_WORKFLOW);
			for (var tick = 0; tick < 60; tick++) {
				var passed = 0;
				for (var result : callers.invokeAll(nCopies(tick % 7, call))) {
					passed += result.get() ? 1 : 0;
				}
				passedInTick.add(passed);
				time.pass(Duration.ofMillis(100));
			}
		}

		for (var first = 0; first + 10 <= passedInTick.size(); first++) {
			assertThat(passedInTick.subList(first, first + 10).stream().mapToInt(Integer::intValue).sum())
				.as("the second from tick %d on", first)
				.isLessThanOrEqualTo(5);
		}
		assertThat(passedInTick.stream().mapToInt(Integer::intValue).sum()).as("all that is allowed").isEqualTo(30);
	}

	@Test
	void countsEachOperationByItself() {
		var limit = new RateLimit(1, time);

		assertThat(limit.lets(GET_WORKFLOW)).isTrue();
		assertThat(limit.lets(GET_WORKFLOW)).isFalse();
		assertThat(limit.lets(GET_DOMAIN)).isTrue();
		time.pass(Duration.ofMillis(999));
		assertThat(limit.lets(GET_WORKFLOW)).isFalse();
		time.pass(Duration.ofMillis(1));
		assertThat(limit.lets(GET_WORKFLOW)).isTrue();
	}

	@Test
	void canBeOff() {
		var limit = new RateLimit(0, time);

		for (var call = 0; call < 1_000; call++) {
			assertThat(limit.lets(GET_WORKFLOW)).isTrue();
		}
	}

}
