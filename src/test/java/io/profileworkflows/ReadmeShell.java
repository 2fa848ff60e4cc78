package io.profileworkflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The commands of a section of the README, or of a page, as somebody pastes them into a
 * shell.
 */
final class ReadmeShell {

	private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	private static final String USUAL_ADDRESS = "http://localhost:8080";

	private static final Pattern WORKFLOW_ID = Pattern.compile("^WorkflowId is ([0-9a-f]{32})$", Pattern.MULTILINE);

	/** Commands that wait for something wait no longer. */
	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private final String service;

	/**
	 * @param service where the commands go instead of the usual address
	 */
	ReadmeShell(String service) {
		this.service = service;
	}

	static List<String> blocks(String heading) {
		return blocks("README.md", heading);
	}

	/** Those of a section of another page. */
	static List<String> blocks(String page, String heading) {
		var text = read(Path.of(page));
		var begin = text.indexOf("\n## %s\n".formatted(heading));
		return blocksIn(text.substring(begin, text.indexOf("\n## ", begin + 1)));
	}

	/** Those of a whole page. */
	static List<String> blocks(Path page) {
		return blocksIn(read(page));
	}

	private static List<String> blocksIn(String text) {
		return BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
	}

	private static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Runs commands where the README is.
	 * @param variables of the shell, such as those that earlier commands have set
	 */
	Outcome run(String commands, Map<String, String> variables) {
		try {
			var script = commands.replace(USUAL_ADDRESS, service)
					+ "\nprintf '\\nWorkflowId is %s\\n' \"${WorkflowId:-}\"\n";
			var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script).redirectErrorStream(true);
			builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("_proxy"));
			builder.environment().put("PATH", "/usr/bin:" + System.getenv("PATH"));
			builder.environment().putAll(variables);
			var process = builder.start();
			process.getOutputStream().close();
			var end = CompletableFuture.runAsync(() -> end(process),
					CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
			var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			end.cancel(false);
			return new Outcome(process.waitFor(), output);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	/** With all that it started, since the output ends with the last of them. */
	private static void end(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	/**
	 * @param output of all kinds, as a terminal shows it
	 */
	record Outcome(int exit, String output) {

		String workflowId() {
			var found = WORKFLOW_ID.matcher(output);
			if (!found.find()) {
				throw new IllegalStateException(output);
			}
			return found.group(1);
		}

	}

}
