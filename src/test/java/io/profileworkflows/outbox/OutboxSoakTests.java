package io.profileworkflows.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the outbox costs after much work has gone through it: pages that a claim touches,
 * and the size of its table. Under {@code -Psoak} each test runs for half of
 * {@code soak.duration}, an hour by default, with autovacuum alone to clean up, and
 * writes what it measures each minute to a file.
 */
class OutboxSoakTests {

	private static final String KIND = Greeter.KIND;

	private static final int DOMAINS = 20;

	/** Work that is there all the time. */
	private static final int BACKLOG = 200;

	private static final int AT_ONCE = 50;

	/** As many dead rows as autovacuum waits for. */
	private static final int BETWEEN_VACUUMS = 1000;

	private static final boolean LONG = Boolean.getBoolean("soak");

	private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT1H")).dividedBy(2);

	private static final JsonMapper JSON = new JsonMapper();

	private static int databases;

	private final List<String> minutes = new ArrayList<>();

	private Postgres.Database database;

	private Replica replica;

	private long added;

	@BeforeEach
	void begin() {
		database = Postgres.create("soak_" + databases++);
		Postgres.migrate(database);
		replica = new Replica(database, new Greeter(_ -> {
		}), Replica.SETTINGS);
		add(BACKLOG);
	}

	@AfterEach
	void end() throws IOException {
		replica.close();
		if (LONG) {
			Files.write(Path.of("target/outbox-soak-%d.txt".formatted(databases)), minutes);
		}
	}

	@Test
	void staysSmallAndCheapUnderConstantLoad() {
		work(1);
		var before = measure();

		work(4);

		assertThat(measure()).satisfies(after -> {
			assertThat(after.claim()).as("pages touched by a claim").isLessThan(2 * before.claim() + 50);
			assertThat(after.claimInTurn()).as("pages touched by a claim in turn")
				.isLessThan(2 * before.claimInTurn() + 50);
			assertThat(after.bytes()).as("size of the table with its indexes").isLessThan(2 * before.bytes());
		});
	}

	@Test
	void staysCheapWhileAnotherSessionHoldsASnapshot() throws SQLException {
		work(1);
		var before = measure();
		try (var other = snapshot()) {
			work(4);

			var after = measure();
			assertThat(pages(Outbox.CLAIM, Map.of("limit", 1), OffsetDateTime.MIN))
				.as("pages touched by a claim that does not know where to begin")
				.isGreaterThan(10 * before.claim());
			assertThat(after.claim()).as("pages touched by a claim").isLessThan(2 * before.claim() + 50);
			assertThat(after.claimInTurn()).as("pages touched by a claim in turn")
				.isLessThan(pages(Outbox.CLAIM_IN_TURN, Map.of("except", new String[0], "limit", 1), OffsetDateTime.MIN)
						/ 4);
			other.rollback();
		}
		vacuum();
		var size = measure().bytes();
		work(2);
		assertThat(measure().bytes()).as("the room that the dead have left is used again").isLessThan(size * 11 / 10);
	}

	/** Lets so many thousands of pieces of work through, or time pass. */
	private void work(int thousands) {
		var end = System.nanoTime() + DURATION.dividedBy(5).multipliedBy(thousands).toNanos();
		var minute = System.nanoTime();
		for (int done = 0; LONG ? System.nanoTime() < end : done < thousands * 1000; done += AT_ONCE) {
			add(AT_ONCE);
			replica.outbox.claim(KIND, AT_ONCE).forEach(work -> Ends.finish(replica.outbox, work));
			replica.transaction.execute(_ -> Ends.claimInTurn(replica.outbox, replica.statements, KIND, Set.of(), 1))
				.works()
				.forEach(work -> Ends.retryAfter(replica.outbox, work, Duration.ZERO));
			if (!LONG && done % BETWEEN_VACUUMS == 0) {
				vacuum();
			}
			if (LONG && System.nanoTime() - minute > Duration.ofMinutes(1).toNanos()) {
				minute = System.nanoTime();
				minutes.add("%d worked off, %s".formatted(added - BACKLOG, measure()));
			}
		}
	}

	private void add(int number) {
		replica.transaction.executeWithoutResult(_ -> {
			for (int more = 0; more < number; more++) {
				replica.outbox.add(KIND, "subject-" + added, "domain-" + added++ % DOMAINS);
			}
		});
	}

	private void vacuum() {
		replica.jdbc.sql("vacuum outbox").update();
		replica.jdbc.sql("vacuum outbox_turn").update();
	}

	private Connection snapshot() throws SQLException {
		var other = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
		other.setAutoCommit(false);
		other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		other.createStatement().execute("select count(*) from outbox");
		return other;
	}

	private Measures measure() {
		var floor = new Floors(replica.jdbc, Duration.ofMillis(1)).of(KIND);
		return new Measures(pages(Outbox.CLAIM, Map.of("limit", 1), floor),
				pages(Outbox.CLAIM_IN_TURN, Map.of("except", new String[0], "limit", 1), floor),
				replica.jdbc.sql("select pg_total_relation_size('outbox')").query(Long.class).single());
	}

	/** Once to warm up, and once to count; undone. */
	private long pages(String sql, Map<String, Object> more, OffsetDateTime floor) {
		var parameters = new HashMap<>(more);
		parameters.put("kind", KIND);
		parameters.put("floor", floor);
		parameters.put("lease", "PT1M");
		return replica.transaction.execute(status -> {
			status.setRollbackOnly();
			var plan = JSON
				.readTree(replica.jdbc.sql("explain (analyze, buffers, format json) " + sql)
					.params(parameters)
					.query(String.class)
					.single())
				.path(0)
				.path("Plan");
			return plan.path("Shared Hit Blocks").longValue() + plan.path("Shared Read Blocks").longValue();
		});
	}

	private record Measures(long claim, long claimInTurn, long bytes) {
	}

}
