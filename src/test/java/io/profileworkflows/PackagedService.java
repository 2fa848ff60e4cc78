package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.image.Image;
import io.profileworkflows.simulator.Simulator;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What users run: the packaged jar as a process of its own.
 */
final class PackagedService implements AutoCloseable {

	static final Path JAR = Path.of("target", "profile-workflows.jar");

	/** What a JVM ends with that was asked to by SIGTERM. */
	static final int TERMINATED = 128 + 15;

	private static final Duration TO_BE_READY = Duration.ofMinutes(4);

	private static final Duration TO_STOP = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port = freePort();

	private final int managementPort = freePort();

	private final Path log;

	private final Process process;

	private PackagedService(Path log, JdbcConnectionDetails database, Simulator aws, Starter starter)
			throws IOException {
		this.log = log;
		this.process = starter.start(log, environment(database, aws));
	}

	/**
	 * Starts it as the image does. Without its cache the JVM would start all the same;
	 * here it refuses to.
	 */
	static PackagedService ofImage(Image image, Path log, JdbcConnectionDetails database, Simulator aws)
			throws IOException {
		return new PackagedService(log, database, aws,
				(to, environment) -> image.start(to, environment, "-XX:AOTMode=on"));
	}

	/** Starts the jar itself, as it was packaged. */
	static PackagedService ofJar(Path log, JdbcConnectionDetails database, Simulator aws, String... options)
			throws IOException {
		var command = new ArrayList<String>(List.of(options));
		command.addAll(List.of("-jar", JAR.toString()));
		return ofCommand(log, database, aws, command);
	}

	/** Starts the classes that these tests were compiled with, before there is a jar. */
	static PackagedService ofClasses(Path log, JdbcConnectionDetails database, Simulator aws, String... options)
			throws IOException {
		var command = new ArrayList<String>(List.of(options));
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), ProfileWorkflowsApplication.class.getName()));
		return ofCommand(log, database, aws, command);
	}

	private static PackagedService ofCommand(Path log, JdbcConnectionDetails database, Simulator aws,
			List<String> options) throws IOException {
		return new PackagedService(log, database, aws, (to, environment) -> {
			var command = new ArrayList<String>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.add("-Xmx256m");
			command.addAll(options);
			var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(to.toFile());
			builder.environment().clear();
			builder.environment().putAll(environment);
			return builder.start();
		});
	}

	private Map<String, String> environment(JdbcConnectionDetails database, Simulator aws) {
		var environment = new TreeMap<String, String>();
		environment.put("SERVER_PORT", Integer.toString(port));
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
		environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
		environment.put("SPRING_DATASOURCE_URL", database.getJdbcUrl());
		environment.put("SPRING_DATASOURCE_USERNAME", database.getUsername());
		environment.put("SPRING_DATASOURCE_PASSWORD", database.getPassword());
		environment.put("AWS_REGION", "eu-central-1");
		environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
		environment.put("AWS_SECRET_ACCESS_KEY", "secret");
		environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
		environment.put("PROFILEWORKFLOWS_ACCOUNTID", "123456789012");
		environment.put("PROFILEWORKFLOWS_SECURITY_ENABLED", "false");
		environment.put("PROFILEWORKFLOWS_TRACKING_SWEEPINTERVAL", "1s");
		return environment;
	}

	int port() {
		return port;
	}

	int managementPort() {
		return managementPort;
	}

	PackagedService awaitReady() {
		await("for it to be ready, see " + log).atMost(TO_BE_READY)
			.pollInterval(Duration.ofMillis(100))
			.failFast("it ended while starting, see " + log, () -> !process.isAlive())
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> probe("readiness", Duration.ofSeconds(5)) == 200);
		return this;
	}

	/** All its metrics, as Prometheus gets them. */
	String scrape() throws IOException, InterruptedException {
		var request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(managementPort)))
			.build();
		return http.send(request, BodyHandlers.ofString()).body();
	}

	/**
	 * Asks for its health.
	 * @throws IOException if there is no answer in time
	 */
	int probe(String group, Duration patience) throws IOException, InterruptedException {
		var request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/actuator/health/%s".formatted(managementPort, group)))
			.timeout(patience)
			.build();
		return http.send(request, BodyHandlers.discarding()).statusCode();
	}

	/** Asks it to stop, as Kubernetes does. */
	void stop() throws InterruptedException {
		process.destroy();
		assertThat(process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)).as("it stops in time, see %s", log).isTrue();
		assertThat(process.exitValue()).as("it stops in order, see %s", log).isEqualTo(TERMINATED);
	}

	String log() throws IOException {
		return Files.readString(log);
	}

	private static int freePort() {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}

	@FunctionalInterface
	private interface Starter {

		Process start(Path log, Map<String, String> environment) throws IOException;

	}

}
