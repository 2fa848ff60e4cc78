package io.profileworkflows.database;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.PgBouncer;
import io.profileworkflows.Postgres;
import io.profileworkflows.PostgresBinaries;
import io.profileworkflows.ProfileWorkflowsApplication;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.start.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@ExtendWith(OwnOutput.class)
class DatabaseCheckTests {

	private static final String BY_TRANSACTION = "pool_mode = transaction";

	private static final String STARTUP = "ignore_startup_parameters = extra_float_digits";

	private static final String PREPARE = "prepareThreshold=0";

	private static final String LISTEN = "profile-workflows.outbox.listen";

	@Test
	void endsTheStartOnAnotherVersionWithASentence(Output output) throws IOException {
		PostgresBinaries.assumeAvailable(14);

		try (var server = PostgresBinaries.builder(14).start()) {
			var database = Postgres.Database.of(server);

			start(database);

			assertThat(output).contains("APPLICATION FAILED TO START")
				.containsPattern("The database is PostgreSQL 14\\.\\d+, and this version of the service "
						+ "needs PostgreSQL 15, 16, 17 or 18")
				.doesNotContain("\tat ");
			assertThat(tables(database)).as("nothing was migrated").isZero();
		}
	}

	@Test
	void acceptsADatabaseThatIsReachedDirectly() {
		check(Postgres.create("check_direct"), true, DatabaseCheckTests::passes);
	}

	@Test
	void acceptsASessionForEachConnection() {
		behind(Postgres.create("check_session"), "pool_mode = session",
				pooled -> check(pooled, true, DatabaseCheckTests::passes));
	}

	@Test
	void acceptsASessionForEachTransactionWithTheRightSettings() {
		behind(Postgres.create("check_settings"), BY_TRANSACTION,
				pooled -> check(pooled.with(PREPARE), false, DatabaseCheckTests::passes));
	}

	@Test
	void namesAllSettingsThatAreWrong() {
		behind(Postgres.create("check_both"), BY_TRANSACTION,
				pooled -> check(pooled, true, check -> assertThat(remedy(check)).contains(PREPARE, LISTEN)));
	}

	@Test
	void namesNoSettingThatIsRight() {
		behind(Postgres.create("check_one"), BY_TRANSACTION, pooled -> {
			check(pooled, false, check -> assertThat(remedy(check)).contains(PREPARE).doesNotContain(LISTEN));
			check(pooled.with(PREPARE), true,
					check -> assertThat(remedy(check)).contains(LISTEN).doesNotContain(PREPARE));
			check(pooled.with("preferQueryMode=simple"), true,
					check -> assertThat(remedy(check)).contains(LISTEN).doesNotContain(PREPARE));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "server_round_robin = 1", "default_pool_size = 2", "min_pool_size = 10" })
	void noticesHoweverThePoolerChoosesASession(String setting) {
		behind(Postgres.create("check_" + setting.replaceAll("\\W+", "_")), BY_TRANSACTION + "\n" + setting,
				pooled -> check(pooled, false, check -> assertThat(remedy(check)).contains(PREPARE)));
	}

	@Test
	void saysWhichParametersPgBouncerRefuses() {
		PgBouncer.assumeInstalled();
		var database = Postgres.create("check_parameters");

		try (var pooler = new PgBouncer(database, "pool_mode = session")) {
			check(pooler.of(database).with("options=-c%20lock_timeout=5s"), true,
					check -> assertThat(analysis(check))
						.returns("PgBouncer does not let a client set options", FailureAnalysis::getDescription)
						.satisfies(analysis -> assertThat(analysis.getAction()).contains("ignore_startup_parameters")));
		}
	}

	@Test
	void saysThatAStatementIsNoTransaction() {
		behind(Postgres.create("check_statement"), "pool_mode = statement",
				pooled -> check(pooled, false, check -> assertThat(analysis(check))
					.returns("Set pool_mode to session or transaction in pgbouncer.ini.", FailureAnalysis::getAction)));
	}

	private static void behind(Postgres.Database database, String settings, Consumer<Postgres.Database> test) {
		PgBouncer.assumeInstalled();
		try (var pooler = new PgBouncer(database, settings, STARTUP)) {
			test.accept(pooler.of(database));
		}
	}

	private static void check(Postgres.Database database, boolean listens, Consumer<DatabaseCheck> test) {
		try (var pool = new HikariDataSource()) {
			pool.setJdbcUrl(database.url());
			pool.setUsername(database.getUsername());
			pool.setPassword(database.getPassword());
			test.accept(new DatabaseCheck(pool, new MockEnvironment().withProperty(LISTEN, Boolean.toString(listens))));
		}
	}

	private static void passes(DatabaseCheck check) {
		assertThatCode(check::afterPropertiesSet).doesNotThrowAnyException();
	}

	private static String remedy(DatabaseCheck check) {
		var unusable = catchThrowableOfType(CannotStart.class, check::afterPropertiesSet);
		assertThat(unusable).hasMessage("The pooler before PostgreSQL gives each transaction another session, "
				+ "and the service is not set up for that");
		return unusable.remedy();
	}

	private static FailureAnalysis analysis(DatabaseCheck check) {
		var failure = catchThrowable(check::afterPropertiesSet);
		return Objects.requireNonNull(new PoolerRefusalFailureAnalyzer().analyze(failure), failure::toString);
	}

	private static long tables(Postgres.Database database) {
		return JdbcClient
			.create(new DriverManagerDataSource(database.url(), database.getUsername(), database.getPassword()))
			.sql("select count(*) from pg_tables where schemaname = 'public'")
			.query(Long.class)
			.single();
	}

	private static void start(Postgres.Database database) {
		var application = new SpringApplicationBuilder(ProfileWorkflowsApplication.class)
			.initializers(new SimulatedAws())
			.properties("spring.datasource.url=" + database.getJdbcUrl(),
					"spring.datasource.username=" + database.getUsername(),
					"spring.datasource.password=" + database.getPassword());
		assertThatThrownBy(() -> application.run("--server.port=0", "--management.server.port=0"))
			.hasRootCauseInstanceOf(CannotStart.class);
	}

}
