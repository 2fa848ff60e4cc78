package io.profileworkflows;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service works behind a PgBouncer with the settings that docs/operating.md names:
 * what one replica has answered another one knows, and nothing is made twice.
 */
@Tag("sql")
class PoolerTests {

	private static final int REPLICAS = 2;

	private static final int WORKFLOWS = 40;

	private static final String STARTUP = "ignore_startup_parameters = extra_float_digits";

	@BeforeAll
	static void needsPgBouncer() {
		PgBouncer.assumeInstalled();
	}

	@Test
	void worksWithASessionForEachConnection() {
		var database = Postgres.create("pooled_by_session");

		try (var pooler = new PgBouncer(database, "pool_mode = session", "default_pool_size = 60", STARTUP)) {
			makeARoundTrip(pooler.of(database), "by-session");
		}
	}

	@Test
	void worksWithASessionForEachTransaction() {
		var database = Postgres.create("pooled_by_transaction");

		try (var pooler = new PgBouncer(database, "pool_mode = transaction", "default_pool_size = 6", STARTUP)) {
			makeARoundTrip(pooler.of(database).with("prepareThreshold=0"), "by-transaction",
					"profile-workflows.outbox.listen=false");

			var sessions = JdbcClient
				.create(new DriverManagerDataSource(database.url(), database.getUsername(), database.getPassword()));
			assertThat(sessions.sql("select count(*) from pg_stat_activity where datname = current_database()")
				.query(Integer.class)
				.single()).as("sessions for all connections of the replicas").isLessThanOrEqualTo(6 + 1);
		}
	}

	@Test
	void migratesOnceHoweverManyReplicasBegin() throws InterruptedException {
		var database = Postgres.create("pooled_crowd");

		try (var pooler = new PgBouncer(database, "pool_mode = transaction", STARTUP);
				var replicas = Executors.newFixedThreadPool(4)) {
			Callable<?> replica = () -> Postgres.migrate(pooler.of(database).with("prepareThreshold=0"));
			var starts = replicas.invokeAll(nCopies(4, replica));

			assertThat(starts).allSatisfy(start -> assertThat(start).succeedsWithin(Duration.ZERO));
		}
	}

	private static void makeARoundTrip(Postgres.Database database, String domainName, String... properties) {
		try (var aws = Simulator.start(SimulatorSettings.defaults());
				var replicas = Replicas.start(REPLICAS, aws, database,
						Stream.of(RoundTrip.SETTINGS, properties).flatMap(Stream::of).toArray(String[]::new))) {
			replicas.resume();
			RoundTrip.of(replicas, REPLICAS, aws, domainName).make(WORKFLOWS);
		}
	}

}
