package io.profileworkflows.deployment;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.profileworkflows.Postgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * They go forward only: what was released once is never changed. All replicas of a
 * release start at once, and each migrates.
 */
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

	@Test
	void areDoneOnceHoweverManyReplicasBegin() throws InterruptedException {
		var database = Postgres.create("crowd");

		try (var replicas = Executors.newFixedThreadPool(6)) {
			Callable<?> replica = () -> Postgres.migrate(database);
			var starts = replicas.invokeAll(nCopies(6, replica));

			assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ZERO));
		}
	}

}
