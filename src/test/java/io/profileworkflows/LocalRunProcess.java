package io.profileworkflows;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/**
 * {@link LocalRun} as a process of its own, as {@code ./mvnw spring-boot:test-run} starts
 * it.
 */
final class LocalRunProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Map<String, String> ANY_PORTS = Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0",
			"SIMULATOR_PORT", "0", "POSTGRES_PORT", "0");

	private static final String LAST_LINE = "Ctrl-C stops it";

	private final Process process;

	private final Path output;

	private LocalRunProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Starts it and waits until it has told where everything is.
	 * @param directory in which it keeps its state
	 */
	static LocalRunProcess ready(Path directory) {
		var run = begin(directory, Map.of());
		await().atMost(PATIENCE).until(() -> run.output().contains(LAST_LINE) || !run.process.isAlive());
		if (!run.process.isAlive()) {
			throw new IllegalStateException(run.output());
		}
		return run;
	}

	/** Starts it on free ports, except for those that are given. */
	static LocalRunProcess begin(Path directory, Map<String, String> ports) {
		try {
			var output = Files.createTempFile(directory, "output", ".txt");
			var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath(), LocalRun.class.getName())
				.directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().keySet().removeIf(name -> name.startsWith("SPRING_") || name.startsWith("AWS_"));
			builder.environment().putAll(ANY_PORTS);
			builder.environment().putAll(ports);
			return new LocalRunProcess(builder.start(), output);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Ours may be relative, and the process is elsewhere. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(entry -> Path.of(entry).toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

	String output() {
		try {
			return Files.readString(output);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** What it has told of itself, by the words before it. */
	String told(String label) {
		var line = Pattern.compile("^ +" + label + " +(\\S+)$", Pattern.MULTILINE).matcher(output());
		if (!line.find()) {
			throw new IllegalStateException("It does not tell its %s: %s".formatted(label, output()));
		}
		return line.group(1);
	}

	/** Does what Ctrl-C does. */
	int interrupt() {
		try {
			new ProcessBuilder(List.of("kill", "-INT", String.valueOf(process.pid()))).start().waitFor();
			return end();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	/** Waits until it has ended by itself. */
	int end() {
		try {
			if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("It does not end: " + output());
			}
			return process.exitValue();
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	@Override
	public void close() {
		if (process.isAlive()) {
			process.destroy();
			end();
		}
	}

}
