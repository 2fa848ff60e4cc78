package io.profileworkflows;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The AWS CLI, version 2, as a process. It sees nothing of the configuration of the
 * person who runs the tests.
 */
final class AwsCli {

	static final String ACCESS_KEY = "AKIDEXAMPLE";

	private static final int PATIENCE_IN_SECONDS = 60;

	private final Path program;

	private final Path home;

	private final Map<String, String> environment;

	private AwsCli(Path program, Path home, Map<String, String> environment) {
		this.program = program;
		this.home = home;
		this.environment = environment;
	}

	/**
	 * Looks where distributions install it, then on the path.
	 * @param home an empty directory to work in
	 */
	static Optional<AwsCli> find(Path home) {
		var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
		return Stream.concat(Stream.of("/usr/bin"), Stream.of(path))
			.map(directory -> Path.of(directory, "aws"))
			.filter(Files::isExecutable)
			.map(program -> new AwsCli(program, home,
					Map.of("AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", "secret", "AWS_REGION",
							"eu-central-1", "AWS_CONFIG_FILE", home.resolve("config").toString(),
							"AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString(), "AWS_PAGER", "")))
			.filter(cli -> cli.run("--version").output().startsWith("aws-cli/2."))
			.findFirst();
	}

	/** The same with another variable set, or with one gone where the value is empty. */
	AwsCli with(String variable, String value) {
		var changed = new TreeMap<>(environment);
		if (value.isEmpty()) {
			changed.remove(variable);
		}
		else {
			changed.put(variable, value);
		}
		return new AwsCli(program, home, changed);
	}

	/** Runs one of the commands of Customer Profiles against an endpoint. */
	Outcome call(URI endpoint, String command, String... options) {
		var arguments = new ArrayList<>(List.of("customer-profiles", command, "--endpoint-url", endpoint.toString()));
		arguments.addAll(List.of(options));
		return run(arguments.toArray(String[]::new));
	}

	Outcome run(String... arguments) {
		try {
			var output = Files.createTempFile(home, "out", ".txt");
			var errors = Files.createTempFile(home, "err", ".txt");
			var process = start(arguments, output, errors);
			if (!process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("%s does not end; it wrote %s%s".formatted(String.join(" ", arguments),
						Files.readString(output), Files.readString(errors)));
			}
			return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private Process start(String[] arguments, Path output, Path errors) throws IOException {
		var command = new ArrayList<>(List.of(program.toString()));
		command.addAll(List.of(arguments));
		var builder = new ProcessBuilder(command).directory(home.toFile())
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("_proxy"));
		builder.environment().putAll(environment);
		builder.environment().putAll(Map.of("HOME", home.toString(), "LC_ALL", "C.UTF-8", "NO_PROXY", "127.0.0.1"));
		var process = builder.start();
		process.getOutputStream().close();
		return process;
	}

	record Outcome(int exit, String output, String errors) {
	}

}
