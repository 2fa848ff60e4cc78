package io.profileworkflows.benchmark;

import java.sql.SQLException;
import java.time.Duration;

import io.profileworkflows.benchmark.Clients.Throughput;
import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * What it costs that another session holds a snapshot, as a backup or a long report does,
 * so that nothing that is dead can be cleaned up: 300 requests a second, or as many as
 * this machine keeps up with, are accepted and worked off for a while, then as many as
 * go.
 */
@Benchmark
class SnapshotBenchmark {

	private static final double MOST_PER_SECOND = Rounds.SHORT ? 30 : 300;

	private static final double LEAST_PER_SECOND = 20;

	private static final Duration DURATION = Rounds.seconds(Rounds.LONG ? 180 : 60);

	private static final int SUBMISSIONS = Rounds.count(4_000);

	private static final int TIMES = Rounds.SHORT ? 1 : 3;

	private final Measures without = new Measures();

	private final Measures with = new Measures();

	@Test
	void isAsFastWhileAnotherSessionHoldsASnapshot() throws Exception {
		var database = DurablePostgres.migrated("snapshot");
		try (var replica = Service.start(database, Service.WITHOUT_LIMIT, Service.MANY_SLOTS)) {
			Rounds.untilSteady("accept", () -> Clients.atFullRate(replica.port(), Rounds.seconds(8)));
			replica.empty();
			Rounds.untilSteady("drain", () -> drain(replica));

			var perSecond = sustained(replica);
			replica.empty();
			System.out.println("without a snapshot: " + measure(replica, perSecond, without));
			System.out.println("with a snapshot: " + measureWithSnapshot(replica, perSecond, database));
			report(What.SNAPSHOT, " of " + Figures.whole(perSecond), with.sustained, without.sustained);
		}
		report(What.SNAPSHOT_ACCEPT, "", with.accepts, without.accepts);
		report(What.SNAPSHOT_DRAIN, "", with.drains, without.drains);
	}

	/** A machine that falls behind anyway would show nothing. */
	private static double sustained(Service replica) throws InterruptedException {
		var perSecond = MOST_PER_SECOND;
		while (perSecond > LEAST_PER_SECOND && !keepsUpWith(replica, perSecond)) {
			perSecond *= 0.7;
		}
		return perSecond;
	}

	private static boolean keepsUpWith(Service replica, double perSecond) throws InterruptedException {
		replica.empty();
		replica.work();
		var accepted = Clients.atRate(replica.port(), perSecond, Rounds.seconds(20));
		var waiting = replica.waiting();
		replica.finish(accepted.size());
		replica.rest();
		System.out.printf("at %.0f a second %d wait in the end%n", perSecond, waiting);
		return waiting < perSecond;
	}

	private static void report(What what, String rate, Figures with, Figures without) {
		var ratio = with.median() / without.median();
		Report.add(new Row(what, with.perSecond() + rate, "without: " + without.perSecond(), Figures.fraction(ratio),
				ratio >= 0.95));
	}

	private String measureWithSnapshot(Service replica, double perSecond, JdbcConnectionDetails database)
			throws InterruptedException, SQLException {
		replica.empty();
		try (var snapshot = DurablePostgres.snapshot(database)) {
			var measured = measure(replica, perSecond, with);
			snapshot.rollback();
			return measured;
		}
	}

	private static String measure(Service replica, double perSecond, Measures measures) throws InterruptedException {
		replica.work();
		var latencies = Clients.atRate(replica.port(), perSecond, DURATION);
		replica.finish(latencies.size());
		replica.rest();
		Accepted.requireAllSubmitted(replica.jdbc(), latencies.size());
		measures.addTenths(replica);
		for (int time = 0; time < TIMES; time++) {
			var accepted = Clients.atFullRate(replica.port(), Rounds.seconds(4));
			measures.accepts.add(accepted.perSecond());
			Drain.of(replica, (int) accepted.done());
			measures.drains.add(drain(replica).perSecond());
		}
		return "%s; sustained %s, accept %s, drain %s".formatted(latencies, measures.sustained.perSecond(),
				measures.accepts.perSecond(), measures.drains.perSecond());
	}

	private static Throughput drain(Service replica) throws InterruptedException {
		Waiting.submissions(replica, SUBMISSIONS);
		return Drain.of(replica, SUBMISSIONS);
	}

	/**
	 * All figures of a variant.
	 */
	private static final class Measures {

		private final Figures sustained = new Figures();

		private final Figures accepts = new Figures();

		private final Figures drains = new Figures();

		/** How many were submitted a second, for each ten seconds. */
		void addTenths(Service replica) {
			var seconds = (int) Math.min(10, DURATION.toSeconds());
			replica.jdbc()
				.sql("""
						with submitted as (
						  select extract(epoch from at - (select min(at) from workflow_history)) as second
						  from workflow_history where to_phase = 'SUBMITTED'
						)
						select count(*) from submitted where second < :whole
						group by floor(second / :seconds)
						""")
				.param("seconds", seconds)
				.param("whole", DURATION.toSeconds() / seconds * seconds)
				.query(Long.class)
				.list()
				.forEach(count -> sustained.add(count / (double) seconds));
		}

	}

}
