package io.profileworkflows.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar of the simulator runs with nothing but a JDK, and answers as Customer Profiles.
 */
@EnabledIfSystemProperty(named = "packaged", matches = "true",
		disabledReason = "takes the packaged jar: ./mvnw verify runs it after package")
@OnTheSide
class SimulatorJarTests {

	private static final Path JAR = Path.of("target", "profile-workflows-simulator.jar").toAbsolutePath();

	private static final Pattern READY = Pattern.compile("simulated at (http://\\S+),");

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	Path directory;

	@Test
	void startsAloneAndTakesAWorkflow() throws Exception {
		var output = directory.resolve("output");
		var process = start(output, "--port=0", "--state=" + directory.resolve("state.jsonl"));
		try {
			await().until(() -> READY.matcher(Files.readString(output)).find());
			var ready = READY.matcher(Files.readString(output));
			assertThat(ready.find()).isTrue();
			var workflows = URI.create(ready.group(1) + "/domains/retail/workflows");

			var created = send(HttpRequest.newBuilder(URI.create(workflows + "/integrations"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers
					.ofFile(Path.of("src/test/resources/samples/salesforce-scheduled.json"))));
			var listed = send(HttpRequest.newBuilder(workflows).POST(HttpRequest.BodyPublishers.ofString("{}")));

			assertThat(created).containsPattern("\"WorkflowId\":\"[0-9a-f]{32}\"");
			assertThat(listed).contains(created.replaceFirst("(?s).*\"WorkflowId\":\"([0-9a-f]{32})\".*", "$1"));
		}
		finally {
			process.destroy();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(directory.resolve("state.jsonl")).isNotEmptyFile();
	}

	@Test
	void saysWhichOptionsItHas() throws Exception {
		var output = directory.resolve("output");
		var process = start(output, "--help");

		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

		assertThat(process.exitValue()).isEqualTo(1);
		assertThat(output).content().contains("--requests-per-second=5");
	}

	private static Process start(Path output, String... options) throws IOException {
		var command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				JAR.toString());
		command.command().addAll(java.util.List.of(options));
		return command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		var answer = http.send(request.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
		return answer.body();
	}

}
