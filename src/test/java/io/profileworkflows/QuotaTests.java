package io.profileworkflows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.simulator.Call;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import io.profileworkflows.workflow.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What AWS allows, with as many replicas as there may be: all of it is used, and no more.
 * The simulator refuses the sixth call in any second, wherever that second begins.
 */
@Tag("sql")
class QuotaTests {

	private static final int ALLOWED = 5;

	private static final int REQUESTS = Boolean.getBoolean("soak") ? 300 : 80;

	/** The first call of a process takes its time. */
	private static final int WARM_UP = 12;

	/**
	 * What the pace leaves for calls that begin or arrive late. Where the machine itself
	 * stands still for longer, nobody can keep it.
	 */
	private static final Duration ROOM = Duration.ofMillis(35);

	private static final int DOMAINS = 10;

	@Test
	void usesNearlyAllThatAwsAllowsAndNeverMore() {
		var settings = SimulatorSettings.defaults()
			.withRequestsPerSecond(ALLOWED)
			.withDurations(Duration.ofMillis(300), Duration.ofMinutes(5));
		try (var aws = Simulator.start(settings);
				var replicas = Replicas.start(3, aws, Postgres.create("quota_" + Long.toHexString(System.nanoTime())));
				var stalls = new Stalls()) {
			warmUp(aws, replicas);
			IntStream.range(0, REQUESTS)
				.forEach(number -> replicas.accept(SampleRequest.in("quota-%d".formatted(number % DOMAINS))));
			assertThat(aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW)).as("sent while paused").isEmpty();

			stalls.forget();
			replicas.resume();
			await().atMost(Duration.ofSeconds(120)).until(() -> replicas.count(Phase.SUBMITTED) == WARM_UP + REQUESTS);

			var creates = aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW);
			// six in a second are the goal, and the simulator refuses the sixth
			assertThat(creates).filteredOn(call -> call.status() == 429)
				.as("throttled, on a machine that stalled for %s", stalls.longest())
				.hasSizeLessThanOrEqualTo(REQUESTS / 20);
			assertThat(mostInASecond(creates)).isLessThanOrEqualTo(ALLOWED + 1);
			assertThat(perSecond(creates)).as("on a machine that stalled for %s", stalls.longest())
				.isGreaterThanOrEqualTo(ALLOWED * (stalls.longest().compareTo(ROOM) < 0 ? 0.95 : 0.7));
		}
	}

	private static void warmUp(Simulator aws, Replicas replicas) {
		IntStream.range(0, WARM_UP).forEach(_ -> replicas.accept(SampleRequest.in("quota-warm-up")));
		replicas.resume();
		await().atMost(Duration.ofSeconds(60)).until(() -> replicas.count(Phase.SUBMITTED) == WARM_UP);
		replicas.pause();
		replicas.jdbc().sql("update upstream_budget set share = 1").update();
		await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
		aws.calls().forget();
	}

	private static double perSecond(List<Call> calls) {
		var span = Duration.between(calls.getFirst().arrivedAt(), calls.getLast().arrivedAt());
		return (calls.size() - 1) / (span.toMillis() / 1000.0);
	}

	private static long mostInASecond(List<Call> calls) {
		return calls.stream()
			.map(Call::arrivedAt)
			.mapToLong(begin -> calls.stream().filter(call -> isWithinASecond(begin, call.arrivedAt())).count())
			.max()
			.orElse(0);
	}

	private static boolean isWithinASecond(Instant begin, Instant arrival) {
		return !arrival.isBefore(begin) && arrival.isBefore(begin.plusSeconds(1));
	}

}
