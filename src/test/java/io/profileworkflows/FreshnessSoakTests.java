package io.profileworkflows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How soon a change at AWS shows here, with ten thousand workflows and the budget that
 * AWS allows: five reads a second. The database is one of its own, which counts its
 * statements.
 */
@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes")
class FreshnessSoakTests {

	private static final int ALLOWED = 5;

	private static final int CHANGES = 100;

	private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(2);

	private static final int PAGES_OF_A_PICTURE = TenThousand.WORKFLOWS / 100;

	/** A picture, with a little for a machine that is busy with other things. */
	private static final Duration PICTURE = Duration.ofSeconds(PAGES_OF_A_PICTURE / ALLOWED + 5);

	/** What a machine that stands still lets come too close together. */
	private static final int TOLERATED = 5;

	@Test
	void showsAChangeWithinTwoPicturesOfAllAndNeverExceedsTheBudget() throws IOException {
		var settings = SimulatorSettings.defaults().withRequestsPerSecond(ALLOWED).withCallsKept(100_000);
		try (var aws = Simulator.start(settings);
				var server = EmbeddedPostgres.builder()
					.setServerConfig("shared_preload_libraries", "pg_stat_statements")
					.start();
				var replicas = Replicas.start(2, aws, Postgres.Database.of(server));
				var stalls = new Stalls()) {
			var jdbc = replicas.jdbc();
			jdbc.sql("create extension pg_stat_statements").update();
			var all = TenThousand.at(aws, jdbc);
			await("for a first picture").atMost(Duration.ofMinutes(3))
				.until(() -> jdbc.sql("select count(*) from tracking_sweep")
					.query(Long.class)
					.single() == TenThousand.DOMAINS);
			aws.calls().forget();
			jdbc.sql("select pg_stat_statements_reset() is null").query(Boolean.class).single();
			var begin = Instant.now();

			// nothing but the service itself speaks to its database meanwhile
			var changedAt = change(aws, all);

			var time = Duration.between(begin, Instant.now());
			var statements = Statements.read(jdbc);
			var pages = aws.calls().of(Operation.LIST_WORKFLOWS).size();
			var looks = aws.calls().of(Operation.GET_WORKFLOW).size();
			var pictures = (double) pages / PAGES_OF_A_PICTURE;
			await("for the last change").atMost(Duration.ofMinutes(3)).until(() -> all.finished() == CHANGES);
			var shown = delays(jdbc, changedAt, "status = 'COMPLETE'");
			var ended = delays(jdbc, changedAt, "to_phase = 'FINISHED'");

			System.out.printf(
					"Freshness: %d changes shown after %s, with the reason after %s; %d pages and %d GetWorkflow in %s; for each of %.1f pictures %s; the machine stalled for %s%n",
					CHANGES, spread(shown), spread(ended), pages, looks, time, pictures, statements.dividedBy(pictures),
					stalls.longest());
			Statements.mostOften(jdbc).forEach(statement -> System.out.println("Freshness: " + statement));
			assertThat(shown.getLast()).isLessThan(PICTURE.multipliedBy(2));
			assertThat(ended.getLast()).isLessThan(PICTURE.multipliedBy(2));
			assertThat(looks).as("nothing is read but what changed").isBetween(CHANGES / 2, CHANGES);
			assertThat(aws.calls().all()).filteredOn(call -> call.status() == 429)
				.as("throttled, on a machine that stalled for %s", stalls.longest())
				.hasSizeLessThanOrEqualTo(TOLERATED);
		}
	}

	/** When each has changed, by AWS's id. */
	private static Map<String, Instant> change(Simulator aws, TenThousand all) {
		var numbers = new Random(7).ints(0, TenThousand.WORKFLOWS).distinct().limit(CHANGES).toArray();
		var changedAt = new HashMap<String, Instant>();
		var next = Instant.now();
		for (var number : numbers) {
			var at = Instant.now();
			changedAt.put(all.complete(number, 1).getFirst().workflowId(), at);
			next = next.plus(BETWEEN_CHANGES);
			var until = next;
			await().pollInterval(Duration.ofMillis(50)).until(() -> !Instant.now().isBefore(until));
		}
		assertThat(aws.workflows()).filteredOn(workflow -> workflow.status().equals("COMPLETE")).hasSize(CHANGES);
		return changedAt;
	}

	/** From the change at AWS to the first entry of the history that says so, sorted. */
	private static List<Duration> delays(JdbcClient jdbc, Map<String, Instant> changedAt, String condition) {
		return jdbc.sql("""
				select remote_workflow_id, min(at) as first_at from workflow_history
				join workflow on workflow.id = workflow_id where workflow_history.%s group by remote_workflow_id
				""".formatted(condition))
			.query((row, _) -> Duration.between(changedAt.get(row.getString("remote_workflow_id")),
					row.getTimestamp("first_at").toInstant()))
			.list()
			.stream()
			.sorted()
			.toList();
	}

	private static String spread(List<Duration> sorted) {
		return "p50 %.1f s, p90 %.1f s, max %.1f s".formatted(seconds(sorted.get(sorted.size() / 2)),
				seconds(sorted.get(sorted.size() * 9 / 10)), seconds(sorted.getLast()));
	}

	private static double seconds(Duration time) {
		return time.toMillis() / 1000.0;
	}

	/**
	 * What a database had to do. Rows are those that were brought or changed.
	 */
	private record Statements(double calls, double rows, double milliseconds) {

		private static final String ALL = """
				from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
				""";

		static Statements read(JdbcClient jdbc) {
			return jdbc
				.sql("select sum(calls) as calls, sum(rows) as rows, sum(total_exec_time) as milliseconds " + ALL)
				.query(Statements.class)
				.single();
		}

		static List<String> mostOften(JdbcClient jdbc) {
			return jdbc.sql("""
					select calls || ' times, ' || rows || ' rows, ' || round(total_exec_time) || ' ms: '
					  || left(regexp_replace(query, '\\s+', ' ', 'g'), 150)
					""" + ALL + "order by calls desc limit 15").query(String.class).list();
		}

		Statements dividedBy(double number) {
			return new Statements(calls / number, rows / number, milliseconds / number);
		}

		@Override
		public String toString() {
			return "%.0f statements, %.0f rows, %.0f ms".formatted(calls, rows, milliseconds);
		}

	}

}
