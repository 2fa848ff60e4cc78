package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The PostgreSQL of this JVM's tests, started with the first that needs it: an embedded
 * one, or with {@code -Pcontainers} one of Testcontainers.
 */
public final class Postgres {

	/** The one of docker-compose.yml. */
	public static final String IMAGE = "postgres:18.1";

	private static final String USER = "postgres";

	private static final String PASSWORD = "postgres";

	private static final String MOST_CONNECTIONS = "200";

	/** Its databases' addresses, by their names. */
	private static final UnaryOperator<String> URLS = Docker.isWanted() ? startContainer() : startEmbedded();

	private Postgres() {
	}

	/**
	 * The database that all {@link PostgresTest}s share.
	 */
	public static JdbcConnectionDetails shared() {
		return new Database(URLS.apply("postgres"));
	}

	/**
	 * A database with our tables, for tests that do without the application and that
	 * those with it must not disturb.
	 */
	public static JdbcConnectionDetails migrated() {
		return Migrated.DATABASE;
	}

	/**
	 * Creates our tables.
	 */
	public static JdbcConnectionDetails migrate(JdbcConnectionDetails database) {
		return migrate(database, "latest");
	}

	/**
	 * Creates our tables as they were at a version.
	 */
	public static JdbcConnectionDetails migrate(JdbcConnectionDetails database, String version) {
		Flyway.configure()
			.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.target(version)
			.load()
			.migrate();
		return database;
	}

	/** Creates an empty database. */
	public static Database create(String name) {
		try (var connection = DriverManager.getConnection(URLS.apply("postgres"), USER, PASSWORD);
				var statement = connection.createStatement()) {
			statement.execute("create database " + name);
			return new Database(URLS.apply(name));
		}
		catch (SQLException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static UnaryOperator<String> startEmbedded() {
		try {
			var server = PostgresBinaries.builder().setServerConfig("max_connections", MOST_CONNECTIONS).start();
			return database -> server.getJdbcUrl(USER, database);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	// ended by Testcontainers with this JVM
	@SuppressWarnings("resource")
	private static UnaryOperator<String> startContainer() {
		var container = new PostgreSQLContainer(IMAGE).withUsername(USER)
			.withPassword(PASSWORD)
			.withDatabaseName("postgres")
			.withCommand("postgres", "-c", "max_connections=" + MOST_CONNECTIONS, "-c", "fsync=off");
		container.start();
		return database -> "jdbc:postgresql://%s:%d/%s".formatted(container.getHost(),
				container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database);
	}

	private static final class Migrated {

		private static final JdbcConnectionDetails DATABASE = migrate(create("migrated"));

	}

	/**
	 * A database and who may use it.
	 */
	public record Database(String url) implements JdbcConnectionDetails {

		/** That of an embedded server which somebody else has started. */
		public static Database of(EmbeddedPostgres server) {
			return new Database(server.getJdbcUrl(USER, "postgres"));
		}

		/** The same with a parameter for the driver. */
		public Database with(String parameter) {
			return new Database(url + (url.contains("?") ? "&" : "?") + parameter);
		}

		@Override
		public String getUsername() {
			return USER;
		}

		@Override
		public String getPassword() {
			return PASSWORD;
		}

		@Override
		public String getJdbcUrl() {
			return url;
		}

	}

}
