package io.profileworkflows.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The application as the image has it: extracted, with the options of image/run.args.
 *
 * @param directory from which it is started
 * @param runArguments the file with its options
 */
public record Image(Path directory, Path runArguments) {

	private static final String CACHE = "-XX:AOTCache=";

	/** What the Dockerfile sets. */
	private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

	/**
	 * Starts it as the image does.
	 * @param environment all of it, but for what the image sets
	 * @param options more of the JVM
	 */
	public Process start(Path log, Map<String, String> environment, String... options) throws IOException {
		return start(log, environment, List.of(options), List.of());
	}

	/**
	 * The same with arguments of the application.
	 */
	public Process start(Path log, Map<String, String> environment, List<String> options, List<String> arguments)
			throws IOException {
		return start(command(_ -> true, options, arguments), log, environment);
	}

	/** Starts it in such a way that it writes a cache when it ends. */
	Process startToTrain(Path cache, Path log, Map<String, String> environment) throws IOException {
		return start(command(option -> !option.startsWith(CACHE), List.of("-XX:AOTCacheOutput=" + cache), List.of()),
				log, environment);
	}

	private List<String> command(Predicate<String> isMeant, List<String> options, List<String> arguments)
			throws IOException {
		var command = new ArrayList<String>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		try (var lines = Files.lines(runArguments)) {
			lines.filter(line -> !line.startsWith("#")).filter(isMeant).forEach(command::add);
		}
		command.addAll(arguments);
		return command;
	}

	/** Nothing that the caller's environment says of databases or AWS gets into it. */
	private Process start(List<String> command, Path log, Map<String, String> environment) throws IOException {
		var builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().clear();
		builder.environment().putAll(ENVIRONMENT);
		builder.environment().putAll(environment);
		return builder.start();
	}

}
