package io.profileworkflows;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.profileworkflows.simulator.Call;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How soon a change at AWS shows here, with ten thousand workflows and the budget that
 * AWS allows: five reads a second.
 */
@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes")
class FreshnessSoakTests {

	private static final int ALLOWED = 5;

	private static final int CHANGES = 100;

	private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(2);

	@Test
	void showsAChangeWithinTwoPicturesOfAllAndNeverExceedsTheBudget() {
		var settings = SimulatorSettings.defaults().withRequestsPerSecond(ALLOWED).withCallsKept(100_000);
		try (var aws = Simulator.start(settings); var replicas = Replicas.start(2, aws, Postgres.create("freshness"))) {
			var all = TenThousand.at(aws, replicas.jdbc());
			replicas.resume();
			await("for a first picture").atMost(Duration.ofMinutes(3))
				.until(() -> replicas.jdbc()
					.sql("select count(*) from tracking_sweep")
					.query(Long.class)
					.single() == TenThousand.DOMAINS);
			var before = Rows.read(replicas);
			var begin = Instant.now();

			var changedAt = change(aws, all);
			await("for the last change").atMost(Duration.ofMinutes(3)).until(() -> all.finished() == CHANGES);

			report(replicas, aws, changedAt, before, Duration.between(begin, Instant.now()));
			assertThat(aws.calls().all()).filteredOn(call -> call.status() == 429).isEmpty();
		}
	}

	private static Map<String, Instant> change(Simulator aws, TenThousand all) {
		var random = new Random(7);
		var changedAt = new HashMap<String, Instant>();
		var next = Instant.now();
		while (changedAt.size() < CHANGES) {
			var number = random.nextInt(TenThousand.WORKFLOWS);
			var changed = all.complete(number, 1).getFirst();
			changedAt.putIfAbsent(changed.workflowId(), Instant.now());
			next = next.plus(BETWEEN_CHANGES);
			var until = next;
			await().pollInterval(Duration.ofMillis(50)).until(() -> !Instant.now().isBefore(until));
		}
		return changedAt;
	}

	private static void report(Replicas replicas, Simulator aws, Map<String, Instant> changedAt, Rows before,
			Duration time) {
		var delays = replicas.jdbc()
			.sql("select remote_workflow_id, updated_at from workflow where phase = 'FINISHED'")
			.query((row, _) -> Duration.between(changedAt.get(row.getString("remote_workflow_id")),
					row.getTimestamp("updated_at").toInstant()))
			.list()
			.stream()
			.sorted()
			.toList();
		var lists = count(aws, Operation.LIST_WORKFLOWS);
		var pictures = lists / (TenThousand.WORKFLOWS / 100.0);
		var rows = Rows.read(replicas).minus(before);
		System.out.printf(
				"Freshness: %d changes shown after p50 %s, p90 %s, max %s; %d pages, that is %.1f pictures of all in %s; %d GetWorkflow; per picture %.0f transactions, %.0f rows read, %.0f rows written%n",
				CHANGES, delays.get(CHANGES / 2), delays.get(CHANGES * 9 / 10), delays.getLast(), lists, pictures, time,
				count(aws, Operation.GET_WORKFLOW), rows.transactions() / pictures, rows.read() / pictures,
				rows.written() / pictures);
	}

	private static long count(Simulator aws, Operation operation) {
		return aws.calls().matching((Call call) -> call.operation() == operation).size();
	}

	private record Rows(double transactions, double read, double written) {

		static Rows read(Replicas replicas) {
			return replicas.jdbc().sql("""
					select xact_commit as transactions, tup_fetched as read,
					  tup_inserted + tup_updated + tup_deleted as written
					from pg_stat_database where datname = current_database()
					""").query(Rows.class).single();
		}

		Rows minus(Rows other) {
			return new Rows(transactions - other.transactions, read - other.read, written - other.written);
		}
	}

}
