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

	private final Figures plain = new Figures();

	private final Figures peer = new Figures();

	@Test
	void drainsHalfAsMuchAsPlainSqlAndAsSchedulerWithNothingToDo() throws Exception {
		var database = DurablePostgres.migrated("drain");
		var jdbc = new JdbcDrain(database);
		try (var replica = Service.start(database, Service.WITHOUT_LIMIT, Service.MANY_SLOTS);
				var scheduler = new SchedulerPeer(DurablePostgres.empty("drain_peer"))) {
			Rounds.untilSteady("drain", () -> drain(replica, Rounds.count(5_000)));
			drain(replica, Rounds.count(5_000));
			var expected = Submitted.in(replica.jdbc());
			drain(jdbc, replica, Rounds.count(5_000));
			expected.requireLike(Submitted.in(replica.jdbc()));
			Rounds.untilSteady("db-scheduler", () -> scheduler.drain(Rounds.count(5_000)));

			new Rounds().with("drain", () -> {
				var throughput = drain(replica, SUBMISSIONS);
				service.add(throughput.perSecond());
				return throughput.toString();
			}).with("plain SQL", () -> {
				var throughput = drain(jdbc, replica, SUBMISSIONS);
				plain.add(throughput.perSecond());
				return throughput.toString();
			}).with("db-scheduler", () -> {
				var throughput = scheduler.drain(SUBMISSIONS);
				peer.add(throughput.perSecond());
				return throughput.toString();
			}).run();
		}
		var ofPlain = service.median() / plain.median();
		Report.add(new Row(
				What.DRAIN_OF_PLAIN, service.perSecond(), "plain SQL (batches of %d, %d connections) %s"
					.formatted(JdbcDrain.BATCH, JdbcDrain.CONNECTIONS, plain.perSecond()),
				Figures.fraction(ofPlain), ofPlain >= 0.5));
		var ratio = service.median() / peer.median();
		Report.add(new Row(What.DRAIN, service.perSecond(),
				"db-scheduler (%s) %s".formatted(SchedulerPeer.settings(), peer.perSecond()), Figures.fraction(ratio),
				ratio >= 0.5));
	}

	private static Clients.Throughput drain(JdbcDrain jdbc, Service replica, int number) {
		replica.empty();
		Waiting.submissions(replica, number);
		var throughput = jdbc.drain();
		Accepted.requireAllSubmitted(replica.jdbc(), number);
		return throughput;
	}

	private static Clients.Throughput drain(Service replica, int number) throws InterruptedException {
		var before = replica.aws().creates();
		var throughput = Waiting.drain(replica, number);
		assertThat(replica.aws().creates() - before).as("calls of AWS").isEqualTo(number);
		Accepted.requireAllSubmitted(replica.jdbc(), number);
		return throughput;
	}

}
