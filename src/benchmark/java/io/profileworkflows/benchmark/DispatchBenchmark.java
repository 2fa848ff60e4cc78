package io.profileworkflows.benchmark;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.profileworkflows.benchmark.Row.What;
import io.profileworkflows.customerprofiles.InstantCustomerProfiles;
import io.profileworkflows.workflow.Commits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
				var other = Service.start(database, Service.WITHOUT_LIMIT, Service.MANY_SLOTS);
				var scheduler = new SchedulerPeer(DurablePostgres.empty("dispatch_peer"))) {
			Rounds.untilSteady("accept", () -> Clients.atFullRate(worker.port(), Rounds.seconds(8)));
			Rounds.untilSteady("drain", () -> Waiting.drain(worker, Rounds.count(2_000)));
			Rounds.untilSoon("dispatch at 50 a second", () -> dispatch(worker, worker, PER_SECOND_CALM));
			dispatch(other, worker, PER_SECOND);
			scheduler.dispatch(PER_SECOND, DURATION);

			new Rounds().with("on the replica that accepted", () -> here.add(dispatch(worker, worker, PER_SECOND)))
				.with("at 50 a second", () -> calm.add(dispatch(worker, worker, PER_SECOND_CALM)))
				.with("on another replica", () -> there.add(dispatch(other, worker, PER_SECOND)))
				.with("db-scheduler", () -> peer.add(scheduler.dispatch(PER_SECOND, DURATION)))
				.run();
		}
		Report.add(new Row(What.DISPATCH_HERE, here.toString(), "db-scheduler, immediate execution: " + peer, "",
				here.median.median() <= 2 && here.late.median() <= 10));
		Report.add(new Row(What.DISPATCH_THERE, there.toString(), "", "", there.late.median() <= 25));
		Report.add(new Row(What.DISPATCH_CALM, calm.toString(), "", "", true));
	}

	private static Latencies dispatch(Service accepting, Service worker, double perSecond) throws InterruptedException {
		worker.empty();
		var commits = new ConcurrentHashMap<UUID, Long>();
		var starts = new ConcurrentHashMap<String, Long>();
		accepting.bean(Commits.class).onAccept(id -> commits.put(id, System.nanoTime()));
		worker.bean(InstantCustomerProfiles.class).onCreate(flowName -> starts.put(flowName, System.nanoTime()));
		worker.work();
		var accepted = Clients.atRate(accepting.port(), perSecond, DURATION);
		worker.finish(accepted.size());
		worker.rest();
		accepting.bean(Commits.class).onAccept(_ -> {
		});
		assertThat(commits).as("commits").hasSize(accepted.size());
		Accepted.requireAllSubmitted(worker.jdbc(), accepted.size());
		return SchedulerPeer.between(commits, byId(worker, starts));
	}

	private static Map<UUID, Long> byId(Service replica, Map<String, Long> byFlowName) {
		var byId = new ConcurrentHashMap<UUID, Long>();
		replica.jdbc().sql("select id, flow_name from workflow").query(row -> {
			var start = byFlowName.get(row.getString("flow_name"));
			if (start != null) {
				byId.put(row.getObject("id", UUID.class), start);
			}
		});
		return byId;
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
