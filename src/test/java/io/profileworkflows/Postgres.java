package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

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
	public static JdbcConnectionDetails connectionDetails() {
		return connectionDetails(SERVER);
	}

	public static JdbcConnectionDetails connectionDetails(EmbeddedPostgres server) {
		var url = server.getJdbcUrl("postgres", "postgres");
		return new JdbcConnectionDetails() {

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
				return url;
			}

		};
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
