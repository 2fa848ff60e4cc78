package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a local run. It starts while the service does, which waits for it.
 */
final class LocalDatabase {

	static final String USER = "postgres";

	private static final String NAME = "postgres";

	private final Path directory;

	private final int port;

	private final CompletableFuture<EmbeddedPostgres> server;

	private LocalDatabase(Path directory, int port) {
		this.directory = directory;
		this.port = port;
		this.server = CompletableFuture.supplyAsync(this::start);
	}

	/**
	 * @param directory what is in it already is kept
	 * @param port 0 for any that is free
	 * @param failed is told when the server does not start
	 */
	static LocalDatabase start(Path directory, int port, Consumer<Throwable> failed) {
		Silence.begin();
		var database = new LocalDatabase(directory, freePort(directory, port));
		database.server.whenComplete((_, failure) -> {
			if (failure != null) {
				failed.accept(failure);
			}
		});
		return database;
	}

	String url() {
		return "jdbc:postgresql://localhost:%s/%s".formatted(port, NAME);
	}

	void stop() {
		server.handle((started, _) -> Optional.ofNullable(started)).join().ifPresent(this::stop);
	}

	private void stop(EmbeddedPostgres started) {
		// Ctrl-C may have reached it, too, and what the library tells of is pg_ctl, which
		// ended long ago
		if (Files.exists(processFile(directory))) {
			try {
				started.close();
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}
	}

	private EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder()
				.setDataDirectory(directory)
				.setCleanDataDirectory(false)
				.setServerConfig("synchronous_commit", "on")
				.setRegisterShutdownHook(false)
				.setPort(port)
				.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static int freePort(Path directory, int wanted) {
		try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException failure) {
			throw new IllegalStateException(leftover(directory, wanted)
				.map(process -> "The PostgreSQL of a run that was killed still uses port %s: end it with kill %s"
					.formatted(wanted, process))
				.orElse("Another process uses port %s, which is for PostgreSQL: set POSTGRES_PORT to a free port, or stop it"
					.formatted(wanted)), failure);
		}
	}

	/** The process that wrote it; its port is in the fourth line. */
	private static Optional<String> leftover(Path directory, int port) {
		try {
			var lines = Files.readAllLines(processFile(directory));
			return (lines.size() > 3 && lines.get(3).strip().equals(String.valueOf(port)))
					? Optional.of(lines.getFirst().strip()) : Optional.empty();
		}
		catch (IOException _) {
			return Optional.empty();
		}
	}

	private static Path processFile(Path directory) {
		return directory.resolve("postmaster.pid");
	}

	/**
	 * The server's library talks from the start on. The service sets what is logged only
	 * later, and forgets all levels before it does.
	 */
	private static final class Silence implements LoggerContextListener {

		static void begin() {
			var loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
			loggers.addListener(new Silence());
			setLevel(loggers);
		}

		private static void setLevel(LoggerContext loggers) {
			loggers.getLogger("io.zonky").setLevel(Level.WARN);
		}

		@Override
		public boolean isResetResistant() {
			return true;
		}

		@Override
		public void onReset(LoggerContext loggers) {
			setLevel(loggers);
		}

		@Override
		public void onStart(LoggerContext loggers) {
			// nothing to do
		}

		@Override
		public void onStop(LoggerContext loggers) {
			// nothing to do
		}

		@Override
		public void onLevelChange(Logger logger, Level level) {
			// nothing to do
		}

	}

}
