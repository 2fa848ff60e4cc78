package io.profileworkflows.benchmark;

import java.time.Duration;

import io.profileworkflows.benchmark.Clients.Throughput;
import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

/**
 * What it costs to have many finished workflows: requests are accepted and then worked
 * off, on a database that has them and on an empty one.
 */
@Benchmark
class GrowthBenchmark {

	private static final int FINISHED = Integer.getInteger("benchmark.finished",
			Rounds.LONG ? 2_000_000 : Rounds.count(200_000));

	private final Figures acceptAmongFew = new Figures();

	private final Figures acceptAmongMany = new Figures();

	private final Figures drainAmongFew = new Figures();

	private final Figures drainAmongMany = new Figures();

	@Test
	void isAsFastWithManyFinishedWorkflowsAsWithNone() throws Exception {
		var empty = DurablePostgres.migrated("growth_empty");
		var full = DurablePostgres.migrated("growth_full");
		try (var few = Service.start(empty, Service.WITHOUT_LIMIT, Service.MANY_SLOTS);
				var many = Service.start(full, Service.WITHOUT_LIMIT, Service.MANY_SLOTS)) {
			finishMany(many);
			Rounds.untilSteady("accept", () -> Clients.atFullRate(few.port(), Rounds.seconds(8)));
			Rounds.untilSteady("drain", () -> Waiting.drain(few, Rounds.count(2_000)));
			acceptAndDrain(few);
			acceptAndDrain(many);

			new Rounds().with("among none", () -> acceptAndDrain(few).into(acceptAmongFew, drainAmongFew))
				.with("among many", () -> acceptAndDrain(many).into(acceptAmongMany, drainAmongMany))
				.run();
		}
		report(What.ACCEPT_AMONG_MANY, acceptAmongFew, acceptAmongMany);
		report(What.CLAIM_AMONG_MANY, drainAmongFew, drainAmongMany);
	}

	private static void report(What what, Figures few, Figures many) {
		var ratio = few.median() / many.median();
		Report.add(new Row(what, "among %s: %s".formatted(Figures.whole(FINISHED), many.perSecond()),
				"among none: " + few.perSecond(), Figures.fraction(ratio), ratio <= 1.1));
	}

	private static void finishMany(Service replica) throws InterruptedException {
		var begin = System.nanoTime();
		var original = Clients.accept(replica.port());
		Drain.of(replica, 1);
		replica.jdbc()
			.sql("""
					with finished as (
					  update workflow set phase = 'FINISHED', status = 'COMPLETE', remote_status = 'COMPLETE'
					  where id = :id returning id
					)
					insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor)
					select id, clock_timestamp(), 'SUBMITTED', 'FINISHED', 'COMPLETE', 'Seen at Customer Profiles', 'tracking'
					from finished
					""")
			.param("id", original)
			.update();
		new Copies(replica.jdbc(), replica.transaction()).make(original, FINISHED - 1, "finished-", "60 days");
		replica.settle();
		System.out.printf("made %d finished workflows in %d s%n", FINISHED,
				Duration.ofNanos(System.nanoTime() - begin).toSeconds());
	}

	private static Both acceptAndDrain(Service replica) throws InterruptedException {
		replica.settle();
		var before = submitted(replica);
		var accepted = Clients.atFullRate(replica.port(), Rounds.seconds(8));
		replica.settle();
		var drained = Drain.of(replica, (int) accepted.done());
		if (submitted(replica) - before != accepted.done()) {
			throw new AssertionError("Accepted %s, and submitted %d".formatted(accepted, submitted(replica) - before));
		}
		return new Both(accepted, drained);
	}

	private static long submitted(Service replica) {
		return replica.jdbc().sql("select count(*) from workflow where phase = 'SUBMITTED'").query(Long.class).single();
	}

	private record Both(Throughput accepted, Throughput drained) {

		String into(Figures accepts, Figures drains) {
			accepts.add(accepted.perSecond());
			drains.add(drained.perSecond());
			return "accepted %s, drained %s".formatted(accepted, drained);
		}

	}

}
