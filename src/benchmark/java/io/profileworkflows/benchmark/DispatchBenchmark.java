package io.profileworkflows.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.profileworkflows.benchmark.Row.What;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * How soon after its commit a request is on its way to AWS, at 200 a second: on the
 * replica that accepted it, and on another one when that one does not work. And at 50 a
 * second, ten times what AWS allows, which leaves the machine some room.
 */
@Benchmark
class DispatchBenchmark {

	private static final int PER_SECOND = 200;

	private static final int PER_SECOND_CALM = 50;

	private static final Duration DURATION = Rounds.seconds(10);

	private final Percentiles here = new Percentiles();

	private final Percentiles calm = new Percentiles();

	private final Percentiles there = new Percentiles();

	private final Percentiles peer = new Percentiles();

	@Test
	void callsSoonAfterTheCommit() throws Exception {
		var database = DurablePostgres.migrated("dispatch");
		try (var worker = Service.start(database, Service.WITHOUT_LIMIT, Service.MANY_SLOTS);
				var other = Service.start(database, Service.WITHOUT_WORK);
				var scheduler = new SchedulerPeer(DurablePostgres.empty("dispatch_peer"))) {
			Rounds.untilSteady("accept", () -> Clients.atFullRate(worker.port(), Rounds.seconds(8)));
			Rounds.untilSteady("drain", () -> Waiting.drain(worker, Rounds.count(2_000)));
			Rounds.untilSoon("dispatch at 50 a second", () -> dispatch(worker, worker, PER_SECOND_CALM));
			Rounds.untilSteady("accept on another replica", () -> Clients.atFullRate(other.port(), Rounds.seconds(8)));
			dispatch(other, worker, PER_SECOND);
			scheduler.dispatch(PER_SECOND, DURATION);

			new Rounds().with("on the replica that accepted", () -> here.add(dispatch(worker, worker, PER_SECOND)))
				.with("at 50 a second", () -> calm.add(dispatch(worker, worker, PER_SECOND_CALM)))
				.with("on another replica", () -> there.add(dispatch(other, worker, PER_SECOND)))
				.with("db-scheduler", () -> peer.add(scheduler.dispatch(PER_SECOND, DURATION)))
				.run();
		}
		var ratio = here.late.median() / peer.late.median();
		Report.add(new Row(What.DISPATCH_HERE, here.toString(), "db-scheduler, immediate execution: " + peer,
				"p99 " + Figures.fraction(ratio), ratio <= 4));
		Report.add(new Row(What.DISPATCH_THERE, there.toString(), "", "", there.late.median() <= 25));
		Report.add(new Row(What.DISPATCH_CALM, calm.toString(), "", "", true));
	}

	private static Latencies dispatch(Service accepting, Service worker, double perSecond) throws InterruptedException {
		return dispatch(accepting, worker, perSecond, DURATION);
	}

	static Latencies dispatch(Service accepting, Service worker, double perSecond, Duration duration)
			throws InterruptedException {
		worker.empty();
		var calls = worker.aws().watch();
		worker.work();
		var accepted = Clients.atRate(accepting.port(), perSecond, duration);
		worker.finish(accepted.size());
		worker.rest();
		Accepted.requireAllSubmitted(worker.jdbc(), accepted.size());
		return SchedulerPeer.between(commits(worker), nanos(calls));
	}

	/** When PostgreSQL committed what was accepted, by FlowName. */
	private static Map<String, Long> commits(Service replica) {
		var commits = new HashMap<String, Instant>();
		replica.jdbc()
			.sql("""
					select flow_name, pg_xact_commit_timestamp(accepted.xmin) as committed_at
					from workflow join workflow_history accepted on workflow_id = workflow.id and from_phase is null
					""")
			.query((RowCallbackHandler) row -> commits.put(row.getString("flow_name"),
					row.getObject("committed_at", OffsetDateTime.class).toInstant()));
		return nanos(commits);
	}

	private static Map<String, Long> nanos(Map<String, Instant> times) {
		return times.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					time -> ChronoUnit.NANOS.between(Instant.EPOCH, time.getValue())));
	}

	/**
	 * Of all rounds.
	 */
	private static final class Percentiles {

		private final Figures median = new Figures();

		private final Figures late = new Figures();

		String add(Latencies latencies) {
			median.add(latencies.percentile(50));
			late.add(latencies.percentile(99));
			return latencies.toString();
		}

		@Override
		public String toString() {
			return "p50 %s, p99 %s".formatted(median.milliseconds(), late.milliseconds());
		}

	}

}
