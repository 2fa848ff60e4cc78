package io.profileworkflows.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Something that happens to a database, and ends again.
 */
interface Trouble {

	void begin(MortalPostgres database) throws Exception;

	void end(MortalPostgres database) throws Exception;

	/**
	 * It takes no more writes, in sessions that are open as in new ones: as after a
	 * switch of roles, or when a provider's storage is full.
	 */
	final class ReadOnly implements Trouble {

		@Override
		public void begin(MortalPostgres database) throws SQLException {
			set(database, "alter system set default_transaction_read_only = on");
		}

		@Override
		public void end(MortalPostgres database) throws SQLException {
			set(database, "alter system reset default_transaction_read_only");
		}

		private static void set(MortalPostgres database, String statement) throws SQLException {
			try (var connection = database.connect()) {
				execute(connection, statement);
				execute(connection, "select pg_reload_conf()");
			}
		}

	}

	/** Others take every connection that there is, and those of the service are ended. */
	final class NoConnections implements Trouble {

		private final List<Connection> taken = new ArrayList<>();

		private volatile boolean ended;

		private CompletableFuture<Void> taker = CompletableFuture.completedFuture(null);

		@Override
		public void begin(MortalPostgres database) {
			ended = false;
			taker = CompletableFuture.runAsync(() -> {
				while (!ended) {
					take(database);
					LockSupport.parkNanos(10_000_000);
				}
			}, task -> Thread.ofPlatform().start(task));
		}

		private void take(MortalPostgres database) {
			try {
				taken.add(database.connect());
			}
			catch (SQLException _) {
				// until somebody gives one back
			}
			endOthers();
		}

		private void endOthers() {
			if (!taken.isEmpty()) {
				JdbcClient.create(new SingleConnectionDataSource(taken.getFirst(), true)).sql("""
						select pg_terminate_backend(pid) from pg_stat_activity
						where client_port is not null and pid <> all (cast(:own as int[]))
						""").param("own", pids()).query(Boolean.class).list();
			}
		}

		private Integer[] pids() {
			return taken.stream()
				.map(connection -> ((PGConnection) connection).getBackendPID())
				.toArray(Integer[]::new);
		}

		@Override
		public void end(MortalPostgres database) throws SQLException, ExecutionException, InterruptedException {
			ended = true;
			taker.get();
			for (var connection : taken) {
				connection.close();
			}
			taken.clear();
		}

	}

	/**
	 * Somebody adds a column while another has a transaction open on the table: all who
	 * come later wait behind the two.
	 */
	final class ColumnAdded implements Trouble {

		private CompletableFuture<Void> change = CompletableFuture.completedFuture(null);

		private @Nullable Connection reader;

		@Override
		public void begin(MortalPostgres database) throws SQLException {
			reader = inTransaction(database);
			change = CompletableFuture.runAsync(() -> {
				try (var connection = database.connect()) {
					execute(connection, "alter table workflow add column added int");
					execute(connection, "alter table workflow drop column added");
				}
				catch (SQLException failure) {
					throw new IllegalStateException(failure);
				}
			}, task -> Thread.ofPlatform().start(task));
		}

		@Override
		public void end(MortalPostgres database) throws SQLException, ExecutionException, InterruptedException {
			Objects.requireNonNull(reader).close();
			change.get();
		}

	}

	/** None of its processes goes on, and no connection ends. */
	final class Frozen implements Trouble {

		@Override
		public void begin(MortalPostgres database) {
			database.freeze();
		}

		@Override
		public void end(MortalPostgres database) {
			database.thaw();
		}

	}

	/** It is not there. */
	final class Stopped implements Trouble {

		@Override
		public void begin(MortalPostgres database) {
			database.crash();
		}

		@Override
		public void end(MortalPostgres database) {
			database.restart();
		}

	}

	/** The file system that it writes to has no room left. */
	final class FullDisk implements Trouble {

		@Override
		public void begin(MortalPostgres database) throws IOException {
			try (var file = Files.newOutputStream(filler(database))) {
				for (var size = 1 << 20; size > 0; size /= 2) {
					fill(file, new byte[size]);
				}
			}
		}

		private static void fill(OutputStream file, byte[] part) {
			try {
				while (true) {
					file.write(part);
				}
			}
			catch (IOException _) {
				// which is what it is for
			}
		}

		@Override
		public void end(MortalPostgres database) throws IOException {
			Files.delete(filler(database));
			if (!database.isAlive()) {
				// its supervisor starts it again
				database.restart();
			}
		}

		private static Path filler(MortalPostgres database) {
			return database.data().resolveSibling("filler");
		}

	}

	/** Somebody listens and reads nothing, until no notification has room any more. */
	final class FullQueue implements Trouble {

		private @Nullable Connection listener;

		@Override
		public void begin(MortalPostgres database) throws SQLException {
			listener = inTransaction(database, "listen stuck");
			try (var connection = database.connect()) {
				for (var number = 0; number < 1_000_000; number++) {
					execute(connection, "notify stuck, '%s'".formatted(number + "x".repeat(7000)));
				}
				throw new IllegalStateException("The queue does not get full");
			}
			catch (SQLException failure) {
				if (!"54000".equals(failure.getSQLState())) {
					throw failure;
				}
			}
		}

		@Override
		public void end(MortalPostgres database) throws SQLException {
			Objects.requireNonNull(listener).close();
		}

	}

	/** A session that has read from a table, and stands still. */
	private static Connection inTransaction(MortalPostgres database, String... before) throws SQLException {
		var connection = database.connect();
		for (var statement : before) {
			execute(connection, statement);
		}
		connection.setAutoCommit(false);
		execute(connection, "select count(*) from workflow");
		return connection;
	}

	private static void execute(Connection connection, String statement) throws SQLException {
		try (var any = connection.createStatement()) {
			any.execute(statement);
		}
	}

}
