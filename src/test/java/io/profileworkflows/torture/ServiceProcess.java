package io.profileworkflows.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.ProfileWorkflowsApplication;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One replica of the real application as a process of its own, which can be killed,
 * frozen and started again. It keeps its ports.
 */
final class ServiceProcess implements AutoCloseable {

	private static final Duration STARTED_WITHIN = Duration.ofMinutes(3);

	/** What a JVM ends with that is told to exit then. */
	private static final int OUT_OF_MEMORY = 3;

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final String name;

	private final Map<String, String> environment = new LinkedHashMap<>();

	private final int port = Ports.free();

	private final int managementPort = Ports.free();

	private final Path log;

	private @Nullable Process process;

	/**
	 * @param name of its log below target/torture
	 * @param environment as an operator would set it
	 */
	ServiceProcess(String name, Map<String, String> environment) {
		this.name = name;
		this.log = ServiceImage.DIRECTORY.resolve(name + ".log");
		this.environment.putAll(environment);
		// not even when the tests are broken off
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		try {
			Files.createDirectories(ServiceImage.DIRECTORY);
			Files.deleteIfExists(log);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Holds for every start from now on. */
	ServiceProcess with(String variable, String value) {
		environment.put(variable, value);
		return this;
	}

	/** Starts it, without waiting for it. */
	void start() {
		start(ServiceImage.command(), ProfileWorkflowsApplication.class);
	}

	/** Starts it with an end to come: it halts when it gets to the failpoint. */
	void start(Failpoint failpoint) {
		var command = ServiceImage.commandWithTests();
		command.add("-D%s=%s".formatted(Failpoint.PROPERTY, failpoint));
		start(command, MortalApplication.class);
	}

	private void start(List<String> command, Class<?> main) {
		assertThat(isAlive()).as("%s is running already", name).isFalse();
		assertThat((process != null) ? process.exitValue() : 0).as("%s ran out of memory, see %s", name, log)
			.isNotEqualTo(OUT_OF_MEMORY);
		command.add(main.getName());
		var builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
		builder.environment().putAll(environment);
		builder.environment().put("SERVER_PORT", Integer.toString(port));
		builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
		try {
			process = builder.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	ServiceProcess awaitReady() {
		await("for %s to be ready, see %s".formatted(name, log)).atMost(STARTED_WITHIN)
			.pollInterval(Duration.ofMillis(200))
			.failFast("%s ended while starting, see %s".formatted(name, log), () -> !isAlive())
			.until(this::isReady);
		return this;
	}

	boolean isReady() {
		try {
			var request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(managementPort)))
				.timeout(Duration.ofSeconds(5))
				.build();
			return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException _) {
			return false;
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	boolean isAlive() {
		return process != null && process.isAlive();
	}

	/** Waits for the end that a failpoint brings. */
	int awaitEnd() {
		await("for %s to end".formatted(name)).atMost(STARTED_WITHIN).until(() -> !isAlive());
		return started().exitValue();
	}

	/** {@code kill -9}. */
	void kill() {
		started().destroyForcibly();
		awaitEnd();
	}

	/**
	 * Stops all its threads at once, as a full host or a long collection of garbage
	 * would.
	 */
	void freeze() {
		Signals.send("STOP", started().pid());
	}

	void thaw() {
		Signals.send("CONT", started().pid());
	}

	/** Asks it to stop, as Kubernetes does, and waits until it has. */
	void stop() throws InterruptedException {
		started().destroy();
		assertThat(started().waitFor(60, TimeUnit.SECONDS)).as("%s stopped in time", name).isTrue();
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
	}

	Path log() {
		return log;
	}

	private Process started() {
		if (process == null) {
			throw new IllegalStateException(name + " was never started");
		}
		return process;
	}

	@Override
	public void close() {
		if (isAlive()) {
			kill();
		}
	}

}
