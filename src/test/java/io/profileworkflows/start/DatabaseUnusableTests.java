package io.profileworkflows.start;

import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OwnOutput.class)
class DatabaseUnusableTests {

	@Test
	void isToldWhereNobodyListens(Output output) {
		start("jdbc:postgresql://localhost:1/workflows?password=secret", "owner");

		assertThat(output)
			.contains("The database jdbc:postgresql://localhost:1/workflows cannot be used: "
					+ "Connection to localhost:1 refused.")
			.contains("\nStart it, or correct SPRING_DATASOURCE_URL.")
			.doesNotContain("secret")
			.doesNotContain("\tat ");
	}

	@Test
	void isToldWhereThereIsNone(Output output) {
		var existing = Postgres.create("existing");

		start(existing.getJdbcUrl().replace("/existing", "/missing"), existing.getUsername());

		assertThat(output).contains("cannot be used: FATAL: database \"missing\" does not exist")
			.contains("\nCreate the database, or correct SPRING_DATASOURCE_URL.")
			.doesNotContain("\tat ");
	}

	@Test
	void isToldWhereTheUserMayNotCreateTables(Output output) throws SQLException {
		var database = Postgres.create("foreign_ground");
		execute(database, "create role guest login password 'guest'", "revoke create on schema public from public");

		start(database.getJdbcUrl().replace("user=" + database.getUsername(), "user=guest"), "guest");

		assertThat(output).contains("cannot be used: ERROR: permission denied for schema public")
			.contains("\nLet the user of SPRING_DATASOURCE_USERNAME create tables there")
			.doesNotContain("\tat ");
	}

	@ParameterizedTest
	@CsvSource({ "28P01, Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.", "28000, pg_hba.conf",
			"08004, pg_hba.conf", "53300, SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE" })
	void isToldWithWhatToDo(String state, String action) {
		var analysis = analyzer().analyze(new IllegalStateException(new SQLException("the server's words", state)));

		assertThat(analysis.getDescription())
			.isEqualTo("The database jdbc:postgresql://db/workflows cannot be used: the server's words");
		assertThat(analysis.getAction()).contains(action);
	}

	@Test
	void isToldWhereItsHostIsNotKnown() {
		var failure = new SQLException("The connection attempt failed.", "08001", new UnknownHostException("db"));

		assertThat(analyzer().analyze(failure).getDescription()).endsWith(" cannot be used: its host db is not known");
	}

	@ParameterizedTest
	@CsvSource({ "42601", "''" })
	void isNotSaidOfWhatMayBeAFaultOfOurs(String state) {
		assertThat(analyzer().analyze(new SQLException("no", state))).isNull();
		assertThat(analyzer().analyze(new SQLException("no"))).isNull();
	}

	private static DatabaseUnusableFailureAnalyzer analyzer() {
		return new DatabaseUnusableFailureAnalyzer(
				new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db/workflows?ssl=true"));
	}

	private static void start(String url, String user) {
		var application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--spring.datasource.url=" + url,
				"--spring.datasource.username=" + user, "--spring.datasource.password=guest"));
	}

	private static void execute(JdbcConnectionDetails database, String... statements) throws SQLException {
		try (var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); var statement = connection.createStatement()) {
			for (var each : statements) {
				statement.execute(each);
			}
		}
	}

	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

	}

}
