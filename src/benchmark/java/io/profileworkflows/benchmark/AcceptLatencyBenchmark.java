package io.profileworkflows.benchmark;

import java.time.Duration;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * How soon a request is answered by a replica that is busy to a quarter. Requests come
 * when they come: one that waits behind another is late from its own time on.
 */
@Benchmark
class AcceptLatencyBenchmark {

	private final Figures median = new Figures();

	private final Figures late = new Figures();

	@Test
	void answersSoon() throws Exception {
		var database = DurablePostgres.migrated("accept_latency");
		try (var replica = Service.start(database)) {
			Rounds.untilSteady("accept", () -> Clients.atFullRate(replica.port(), Rounds.seconds(8)));
			replica.empty();
			var fullRate = Clients.atFullRate(replica.port(), Rounds.seconds(8)).perSecond();

			Rounds.untilSoon("accept at a quarter", () -> accept(replica, fullRate / 4, Rounds.seconds(5)));

			new Rounds().with("accept at a quarter", () -> add(accept(replica, fullRate / 4, Rounds.seconds(10))))
				.run();

			Report.add(
					new Row(What.ACCEPT_LATENCY, "p50 %s, p99 %s".formatted(median.milliseconds(), late.milliseconds()),
							"at %s/s of %s/s".formatted(Figures.whole(fullRate / 4), Figures.whole(fullRate)), "",
							late.median() <= 25));
		}
	}

	private static Latencies accept(Service replica, double perSecond, Duration duration) throws InterruptedException {
		replica.empty();
		replica.work();
		var latencies = Clients.atRate(replica.port(), perSecond, duration);
		replica.rest();
		Accepted.requireAllOf(replica.jdbc(), latencies.size());
		return latencies;
	}

	private String add(Latencies latencies) {
		median.add(latencies.percentile(50));
		late.add(latencies.percentile(99));
		return latencies.toString();
	}

}
