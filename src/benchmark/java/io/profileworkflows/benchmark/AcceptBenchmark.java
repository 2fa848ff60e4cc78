package io.profileworkflows.benchmark;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * How many requests are accepted in a second: over HTTP, checked, and committed with all
 * that hangs on them. Meanwhile the outbox is worked off as far as AWS's usual quota
 * allows.
 */
@Benchmark
class AcceptBenchmark {

	private final Figures service = new Figures();

	private final Figures peer = new Figures();

	@Test
	void acceptsSevenTenthsOfWhatPlainInsertsWrite() throws Exception {
		var database = DurablePostgres.migrated("accept");
		var jdbc = new JdbcAccept(database);
		try (var replica = Service.start(database)) {
			jdbc.atFullRate(Rounds.seconds(5));
			var expected = Accepted.in(replica.jdbc());
			replica.empty();
			replica.work();
			Rounds.untilSteady("accept", () -> Clients.atFullRate(replica.port(), Rounds.seconds(8)));
			replica.rest();
			replica.empty();
			Clients.atFullRate(replica.port(), Rounds.seconds(2));
			expected.requireLike(Accepted.in(replica.jdbc()));

			Rounds.many()
				.with("accept", () -> accept(replica))
				.with("plain inserts", () -> insert(jdbc, replica))
				.run();
		}
		var ratio = service.median() / peer.median();
		Report.add(new Row(What.ACCEPT, service.perSecond(), "plain inserts " + peer.perSecond(),
				Figures.fraction(ratio), ratio >= 0.7));
	}

	private String accept(Service replica) throws InterruptedException {
		replica.empty();
		replica.work();
		var throughput = Clients.atFullRate(replica.port(), Rounds.seconds(8));
		replica.rest();
		Accepted.requireAllOf(replica.jdbc(), throughput.done());
		service.add(throughput.perSecond());
		return throughput.toString();
	}

	private String insert(JdbcAccept jdbc, Service replica) {
		replica.empty();
		var throughput = jdbc.atFullRate(Rounds.seconds(8));
		Accepted.requireAllOf(replica.jdbc(), throughput.done());
		peer.add(throughput.perSecond());
		return throughput.toString();
	}

}
