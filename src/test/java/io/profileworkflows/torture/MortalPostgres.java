package io.profileworkflows.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;

import io.profileworkflows.PostgresBinaries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL whose processes can crash: what it has committed is there after its
 * recovery. The machine goes on, so that nothing needs to be flushed to the disk, and
 * nothing is, as usual with an embedded one.
 */
final class MortalPostgres implements AutoCloseable {

	private static final String DATABASE = "service";

	private final Path data;

	private final Map<String, String> settings;

	private final int port = Ports.free();

	private EmbeddedPostgres server;

	MortalPostgres(Path directory, Map<String, String> settings) {
		this(settings, directory.resolve("data"));
		administrator().sql("create database " + DATABASE).update();
	}

	private MortalPostgres(Map<String, String> settings, Path data) {
		this.data = data;
		this.settings = settings;
		this.server = start();
	}

	/** One that has its data already, and takes no writes. */
	static MortalPostgres following(Path data) {
		return new MortalPostgres(Map.of(), data);
	}

	private EmbeddedPostgres start() {
		try {
			var builder = PostgresBinaries.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				.setPort(port)
				.setServerConfig("synchronous_commit", "on")
				.setPGStartupWait(Duration.ofSeconds(60));
			settings.forEach(builder::setServerConfig);
			return builder.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * What {@code pg_ctl stop -m immediate} does: no process of it says goodbye, and the
	 * next start recovers from the log.
	 */
	void crash() {
		try {
			var postmaster = postmaster();
			Signals.send("QUIT", postmaster.pid());
			postmaster.onExit().join();
			// finds nothing to stop, and lets the directory go
			server.close();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	void restart() {
		server = start();
	}

	/** Whether its first process lives, whatever that does. */
	boolean isAlive() {
		try {
			return postmaster().isAlive();
		}
		catch (UncheckedIOException | NoSuchElementException _) {
			return false;
		}
	}

	/** Lets all its processes stand still. */
	void freeze() {
		signalAll("STOP");
	}

	void thaw() {
		signalAll("CONT");
	}

	private void signalAll(String signal) {
		var postmaster = postmaster();
		Signals.send(signal, postmaster.pid());
		postmaster.children().forEach(process -> Signals.send(signal, process.pid()));
	}

	private ProcessHandle postmaster() {
		try {
			var id = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
			return ProcessHandle.of(id).orElseThrow();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	int port() {
		return port;
	}

	Path data() {
		return data;
	}

	/**
	 * Keeps the database as it is at this moment, under another name. Nobody may be
	 * connected.
	 */
	void copy(String name) {
		administrator().sql("create database %s template %s".formatted(name, DATABASE)).update();
	}

	/** Ends all connections of the service, whatever they are doing. */
	void disconnect() {
		administrator().sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
			.param("name", DATABASE)
			.query(Boolean.class)
			.list();
	}

	/** Leaves the database without a table. */
	void empty() {
		administrator().sql("drop database %s with (force)".formatted(DATABASE)).update();
		administrator().sql("create database " + DATABASE).update();
	}

	/** Puts a copy in the place of the database. */
	void restore(String name) {
		administrator().sql("drop database %s with (force)".formatted(DATABASE)).update();
		administrator().sql("alter database %s rename to %s".formatted(name, DATABASE)).update();
	}

	/** What the service needs to find it. */
	Map<String, String> variables() {
		return Map.of("SPRING_DATASOURCE_URL", url(DATABASE), "SPRING_DATASOURCE_USERNAME", "postgres",
				"SPRING_DATASOURCE_PASSWORD", "postgres");
	}

	/** Where a database of it is, also while it is not there. */
	private String url(String database) {
		return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
	}

	/** A session that stays. */
	Connection connect() throws SQLException {
		// whatever the server is set to
		return DriverManager.getConnection(url(DATABASE) + "?options=-c%20default_transaction_read_only=off",
				"postgres", "postgres");
	}

	/** On a new connection for each statement. */
	JdbcClient jdbc() {
		return client(DATABASE);
	}

	private JdbcClient administrator() {
		return client("postgres");
	}

	private JdbcClient client(String database) {
		return JdbcClient.create(new DriverManagerDataSource(url(database), "postgres", "postgres"));
	}

	@Override
	public void close() {
		try {
			server.close();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
