package io.profileworkflows.benchmark;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon a backlog of submissions is worked off, when AWS answers at once and sets no
 * limit: claim, attempt, outcome and settlement of each, with its history.
 */
@Benchmark
class DrainBenchmark {

	private static final int SUBMISSIONS = Rounds.count(Rounds.LONG ? 50_000 : 20_000);

	private final Figures service = new Figures();

	private final Figures peer = new Figures();

	@Test
	void drainsHalfAsMuchAgainAsSchedulerWithNothingToDo() throws Exception {
		var database = DurablePostgres.migrated("drain");
		try (var replica = Service.start(database, Service.WITHOUT_LIMIT, Service.MANY_SLOTS);
				var scheduler = new SchedulerPeer(DurablePostgres.empty("drain_peer"))) {
			Rounds.untilSteady("drain", () -> drain(replica, Rounds.count(5_000)));
			Rounds.untilSteady("db-scheduler", () -> scheduler.drain(Rounds.count(5_000)));

			new Rounds().with("drain", () -> {
				var throughput = drain(replica, SUBMISSIONS);
				service.add(throughput.perSecond());
				return throughput.toString();
			}).with("db-scheduler", () -> {
				var throughput = scheduler.drain(SUBMISSIONS);
				peer.add(throughput.perSecond());
				return throughput.toString();
			}).run();
		}
		var ratio = service.median() / peer.median();
		Report.add(new Row(What.DRAIN, service.perSecond(),
				"db-scheduler (%s) %s".formatted(SchedulerPeer.settings(), peer.perSecond()), Figures.fraction(ratio),
				ratio >= 1.5));
	}

	private static Clients.Throughput drain(Service replica, int number) throws InterruptedException {
		var before = replica.aws().creates();
		var throughput = Waiting.drain(replica, number);
		assertThat(replica.aws().creates() - before).as("calls of AWS").isEqualTo(number);
		Accepted.requireAllSubmitted(replica.jdbc(), number);
		return throughput;
	}

}
