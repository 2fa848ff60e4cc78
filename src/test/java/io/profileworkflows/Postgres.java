package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The PostgreSQL of this JVM's tests, started with the first that needs it.
 */
public final class Postgres {

	private static final EmbeddedPostgres SERVER = start();

	private Postgres() {
	}

	/**
	 * The database that all {@link PostgresTest}s share.
	 */
	public static JdbcConnectionDetails shared() {
		return new Database(SERVER, "postgres");
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
		Flyway.configure()
			.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.load()
			.migrate();
		return database;
	}

	/** Creates an empty database. */
	public static Database create(String name) {
		try (var connection = SERVER.getPostgresDatabase().getConnection();
				var statement = connection.createStatement()) {
			statement.execute("create database " + name);
			return new Database(SERVER, name);
		}
		catch (SQLException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static final class Migrated {

		private static final JdbcConnectionDetails DATABASE = migrate(create("migrated"));

	}

	/**
	 * A database of an embedded server.
	 */
	public record Database(EmbeddedPostgres server, String name) implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return "postgres";
		}

		@Override
		public String getPassword() {
			return "postgres";
		}

		@Override
		public String getJdbcUrl() {
			return server.getJdbcUrl("postgres", name);
		}

	}

}
