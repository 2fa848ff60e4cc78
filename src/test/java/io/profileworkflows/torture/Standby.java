package io.profileworkflows.torture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import static org.awaitility.Awaitility.await;

/**
 * Another PostgreSQL that follows the first by streaming replication. The first commits
 * nothing that this one has not written, so that a failover loses nothing.
 */
final class Standby implements AutoCloseable {

	private static final Set<String> OF_THE_PROCESS = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

	private final MortalPostgres primary;

	private final MortalPostgres standby;

	private Standby(MortalPostgres primary, MortalPostgres standby) {
		this.primary = primary;
		this.standby = standby;
	}

	/** Copies the first while it runs, and follows it from then on. */
	static Standby of(MortalPostgres primary, Path directory) throws IOException, SQLException {
		var data = directory.resolve("data");
		try (var connection = primary.connect()) {
			query(connection, "select pg_backup_start('standby', true)");
			copy(primary.data(), data);
			Files.writeString(data.resolve("backup_label"),
					query(connection, "select labelfile from pg_backup_stop()"));
		}
		Files.createFile(data.resolve("standby.signal"));
		Files.writeString(data.resolve("postgresql.auto.conf"),
				"primary_conninfo = 'host=localhost port=%d user=postgres application_name=standby'\n"
					.formatted(primary.port()),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		var standby = MortalPostgres.following(data);
		try (var connection = primary.connect()) {
			await("for the standby to follow").atMost(Duration.ofMinutes(1))
				.until(() -> query(connection, "select count(*) from pg_stat_replication where state = 'streaming'")
					.equals("1"));
			query(connection, "set synchronous_commit = local");
			execute(connection, "alter system set synchronous_standby_names = 'standby'");
			query(connection, "select pg_reload_conf()::text");
		}
		return new Standby(primary, standby);
	}

	/** That of the one which takes writes, whichever it is. */
	String urlOfBoth() {
		return "jdbc:postgresql://localhost:%d,localhost:%d/service?targetServerType=primary".formatted(primary.port(),
				standby.port());
	}

	Takeover takeover() {
		return new Takeover(this);
	}

	private static void copy(Path from, Path to) throws IOException {
		Files.createDirectories(to.getParent());
		Files.walkFileTree(from, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				Files.createDirectory(to.resolve(from.relativize(directory)),
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (!OF_THE_PROCESS.contains(file.getFileName().toString())) {
					Files.copy(file, to.resolve(from.relativize(file)));
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException goneMeanwhile) {
				return FileVisitResult.CONTINUE;
			}

		});
	}

	private static String query(Connection connection, String statement) throws SQLException {
		try (var any = connection.createStatement()) {
			if (!any.execute(statement)) {
				return "";
			}
			try (var rows = any.getResultSet()) {
				rows.next();
				return String.valueOf(rows.getString(1));
			}
		}
	}

	private static void execute(Connection connection, String statement) throws SQLException {
		query(connection, statement);
	}

	@Override
	public void close() {
		standby.close();
	}

	/**
	 * The first is gone for good, and this one takes its place.
	 */
	record Takeover(Standby of) implements Trouble {

		@Override
		public void begin(MortalPostgres database) {
			database.crash();
		}

		@Override
		public void end(MortalPostgres database) throws SQLException {
			try (var connection = of.standby.connect()) {
				query(connection, "select pg_promote()");
				// what it took over says to wait for a standby that it does not have
				execute(connection, "alter system reset synchronous_standby_names");
				query(connection, "select pg_reload_conf()::text");
			}
		}

		MortalPostgres promoted() {
			return of.standby;
		}

	}

}
