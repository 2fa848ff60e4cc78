package io.profileworkflows.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The PostgreSQL of the benchmarks: as it comes, except that the embedded one's usual
 * haste is undone. What is committed is on the disk.
 */
final class DurablePostgres {

	private static final Path DATA = Path.of("target", "benchmark", "postgres").toAbsolutePath();

	private static final EmbeddedPostgres SERVER = start();

	private DurablePostgres() {
	}

	private static EmbeddedPostgres start() {
		try {
			FileSystemUtils.deleteRecursively(DATA);
			return EmbeddedPostgres.builder()
				.setDataDirectory(DATA)
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				// tells when what was accepted was committed
				.setServerConfig("track_commit_timestamp", "on")
				.setServerConfig("max_connections", "200")
				.setPGStartupWait(Duration.ofSeconds(60))
				.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Creates a database with the service's tables. */
	static JdbcConnectionDetails migrated(String name) {
		return Postgres.migrate(empty(name));
	}

	static JdbcConnectionDetails empty(String name) {
		var administrator = jdbc(Postgres.Database.of(SERVER));
		administrator.sql("drop database if exists " + name + " with (force)").update();
		administrator.sql("create database " + name).update();
		return new Postgres.Database(SERVER.getJdbcUrl("postgres", name));
	}

	/** On a new connection for each statement. */
	static JdbcClient jdbc(JdbcConnectionDetails database) {
		return JdbcClient
			.create(new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword()));
	}

	static HikariDataSource pool(JdbcConnectionDetails database, int size) {
		var pool = new HikariDataSource();
		pool.setJdbcUrl(database.getJdbcUrl());
		pool.setUsername(database.getUsername());
		pool.setPassword(database.getPassword());
		pool.setMaximumPoolSize(size);
		return pool;
	}

	/** Another session that sees the database as it is now until it is closed. */
	static Connection snapshot(JdbcConnectionDetails database) throws SQLException {
		var session = new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
			.getConnection();
		session.setAutoCommit(false);
		session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		try (var statement = session.createStatement()) {
			statement.execute("select pg_current_snapshot()");
		}
		return session;
	}

	/**
	 * What decides how durable and how fast it is; refuses to be anything but durable.
	 */
	static String settings() {
		var jdbc = jdbc(Postgres.Database.of(SERVER));
		assertThat(shown(jdbc, "fsync")).as("fsync").isEqualTo("on");
		assertThat(shown(jdbc, "synchronous_commit")).as("synchronous_commit").isEqualTo("on");
		assertThat(shown(jdbc, "full_page_writes")).as("full_page_writes").isEqualTo("on");
		return "PostgreSQL %s (fsync, synchronous_commit and full_page_writes on, shared_buffers %s, wal_sync_method %s)"
			.formatted(shown(jdbc, "server_version"), shown(jdbc, "shared_buffers"), shown(jdbc, "wal_sync_method"));
	}

	private static String shown(JdbcClient jdbc, String setting) {
		return jdbc.sql("show " + setting).query(String.class).single();
	}

}
