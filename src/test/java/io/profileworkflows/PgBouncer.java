package io.profileworkflows;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A real PgBouncer in front of the databases of a server. It does not want to run as
 * root.
 */
public final class PgBouncer implements AutoCloseable {

	/** Nobody's, on each Unix. */
	private static final String NOBODY = "65534";

	private final Process process;

	private final int port;

	/**
	 * @param database one of the server's
	 * @param settings further ones of its configuration
	 */
	public PgBouncer(Postgres.Database database, String... settings) {
		try {
			this.port = freePort();
			var directory = Files.createTempDirectory("pgbouncer",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
			var configuration = Files.write(directory.resolve("pgbouncer.ini"), configuration(database, settings));
			var log = directory.resolve("pgbouncer.log");
			this.process = new ProcessBuilder(command(configuration)).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(this::close));
			await("for PgBouncer to listen, see " + log).atMost(Duration.ofSeconds(30))
				.failFast("PgBouncer ended, see " + log, () -> !process.isAlive())
				.until(this::listens);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Skips the test where there is none. */
	public static void assumeInstalled() {
		assumeThat(executable()).as("pgbouncer on the PATH or in /usr/sbin, as of Debian's package pgbouncer")
			.isPresent();
	}

	private static Optional<Path> executable() {
		return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
			.map(directory -> Path.of(directory, "pgbouncer"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static List<String> command(Path configuration) {
		var command = new ArrayList<String>();
		if (System.getProperty("user.name").equals("root")) {
			command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
		}
		command.addAll(List.of(executable().orElseThrow().toString(), "--quiet", configuration.toString()));
		return command;
	}

	private List<String> configuration(Postgres.Database database, String... settings) {
		var server = server(database);
		var lines = new ArrayList<>(List.of("[databases]",
				"* = host=%s port=%d user=%s password=%s".formatted(server.getHost(), server.getPort(),
						database.getUsername(), database.getPassword()),
				"[pgbouncer]", "listen_addr = 127.0.0.1", "listen_port = " + port, "unix_socket_dir =",
				"auth_type = any", "max_client_conn = 200"));
		lines.addAll(List.of(settings));
		return lines;
	}

	/** The same database, reached through it. */
	public Postgres.Database of(Postgres.Database database) {
		return new Postgres.Database("jdbc:postgresql://127.0.0.1:%d%s".formatted(port, server(database).getPath()));
	}

	private static URI server(Postgres.Database database) {
		return URI.create(database.url().substring("jdbc:".length()));
	}

	private boolean listens() {
		try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() {
		process.destroy();
		try {
			process.waitFor();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
