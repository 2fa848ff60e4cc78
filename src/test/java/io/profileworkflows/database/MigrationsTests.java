package io.profileworkflows.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.profileworkflows.Postgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * They go forward only: what was released once is never changed. All replicas of a
 * release start at once, and each migrates.
 */
@Tag("sql")
class MigrationsTests {

	/** A release adds its own. */
	private static final Map<String, Integer> RELEASED = Map.of("1", 1444557727, "2", -1284024247, "3", 2048790440, "4",
			1378867039, "5", -107334341);

	@Test
	void stayAsTheyWereReleased() {
		var database = Postgres.migrated();

		var migrations = Flyway.configure()
			.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.load()
			.info()
			.applied();

		assertThat(Stream.of(migrations)
			.filter(migration -> RELEASED.containsKey(migration.getVersion().getVersion()))
			.collect(toMap(migration -> migration.getVersion().getVersion(), MigrationInfo::getChecksum)))
			.isEqualTo(RELEASED);
	}

	/**
	 * docs/runbooks/migration.md tells what to do then. V7 takes a table's place, for
	 * which nobody else may read it.
	 */
	@Test
	void giveUpBehindATransactionThatStaysOpenAndCanBeRepeated() throws SQLException {
		var database = Postgres.create("open_transaction");
		Postgres.migrate(database, "6");

		try (var other = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); var statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("select count(*) from workflow_history");

			var begin = System.nanoTime();
			assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> Postgres.migrate(database))
				.withMessageContaining("V7__history_by_month.sql")
				.havingRootCause()
				.withMessageContaining("canceling statement due to lock timeout");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(10),
					Duration.ofMinutes(2));
			assertThat(versionOf(database)).as("nothing is left behind").isEqualTo("6");
			other.rollback();
		}
		Postgres.migrate(database);

		assertThat(versionOf(database)).isEqualTo(versionOf(Postgres.migrated()));
	}

	@Test
	void areDoneOnceHoweverManyReplicasBegin() throws InterruptedException {
		var database = Postgres.create("crowd");

		try (var replicas = Executors.newFixedThreadPool(6)) {
			Callable<?> replica = () -> Postgres.migrate(database);
			var starts = replicas.invokeAll(nCopies(6, replica));

			assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ZERO));
		}
	}

	private static String versionOf(JdbcConnectionDetails database) {
		var current = Flyway.configure()
			.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.load()
			.info()
			.current();
		return current.getVersion().getVersion();
	}

}
