package io.profileworkflows;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command {@code migrate}, in processes of their own as in the chart's Job: without a
 * Region, without anything to authenticate callers, and with ports that are taken.
 */
@OnTheSide
class MigrationTests {

	@Test
	void bringsTheDatabaseToTheNewestVersionAndEnds() throws IOException, InterruptedException {
		var database = Postgres.create("migration_command");

		var first = migrate(database);
		var again = migrate(database);

		assertThat(first.exit()).as(first.output()).isZero();
		assertThat(again.exit()).as(again.output()).isZero();
		assertThat(Flyway.configure()
			.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.load()
			.info()
			.all()).isNotEmpty().allSatisfy(migration -> {
				assertThat(migration.getState()).isEqualTo(MigrationState.SUCCESS);
				assertThat(first.output())
					.contains("Migrating schema \"public\" to version \"" + migration.getVersion());
			});
		assertThat(again.output()).doesNotContain("Migrating schema").contains("The database is at version ");
		assertThat(first.output()).as("it does nothing else").doesNotContain("Tomcat", "Hibernate");
	}

	@Test
	void migratesAsTheUserThatFlywayIsGiven() throws IOException, InterruptedException {
		var database = Postgres.create("migration_user");
		var jdbc = JdbcClient.create(new DriverManagerDataSource(database.getJdbcUrl(),
				String.valueOf(database.getUsername()), String.valueOf(database.getPassword())));
		jdbc.sql("create role migrator login superuser").update();

		var ended = migrate(database, Map.of("SPRING_FLYWAY_USER", "migrator", "SPRING_FLYWAY_PASSWORD", "any",
				// its own names a user, which would win
				"SPRING_DATASOURCE_URL", database.getJdbcUrl().replaceFirst("\\?.*", "")));

		assertThat(ended.exit()).as(ended.output()).isZero();
		assertThat(
				jdbc.sql("select tableowner from pg_tables where tablename = 'workflow'").query(String.class).single())
			.isEqualTo("migrator");
	}

	@Test
	void failsWhereThereIsNoDatabase() throws IOException, InterruptedException {
		var nowhere = new Postgres.Database("jdbc:postgresql://127.0.0.1:1/none");

		var ended = migrate(nowhere);

		assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
		assertThat(ended.output()).contains("127.0.0.1:1 refused");
	}

	@Test
	void refusesAnotherVersionOfPostgres() throws IOException, InterruptedException {
		PostgresBinaries.assumeAvailable(14);

		try (var server = PostgresBinaries.builder(14).start()) {
			var ended = migrate(Postgres.Database.of(server));

			assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
			assertThat(ended.output()).contains("needs PostgreSQL 15, 16, 17 or 18").doesNotContain("\tat ");
		}
	}

	private static Ended migrate(JdbcConnectionDetails database) throws IOException, InterruptedException {
		return migrate(database, Map.of());
	}

	private static Ended migrate(JdbcConnectionDetails database, Map<String, String> more)
			throws IOException, InterruptedException {
		var java = ProcessHandle.current().info().command().orElseThrow();
		var process = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), ProfileWorkflowsApplication.class.getName(), "migrate"))
			.redirectErrorStream(true);
		process.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", database.getJdbcUrl(), "SPRING_DATASOURCE_USERNAME",
					String.valueOf(database.getUsername()), "SPRING_DATASOURCE_PASSWORD",
					String.valueOf(database.getPassword()), "SERVER_PORT", "1"));
		process.environment().remove("AWS_REGION");
		process.environment().putAll(more);
		var started = process.start();
		var output = new String(started.getInputStream().readAllBytes());
		return new Ended(started.waitFor(), output);
	}

	private record Ended(int exit, String output) {
	}

}
