package io.profileworkflows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What docs/events.md lets people try, as it stands there.
 */
class EventsPageTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final List<String> COMMANDS = ReadmeShell.blocks("docs/events.md", "Try it");

	@TempDir
	private static Path directory;

	private static LocalRunProcess run;

	@BeforeAll
	static void start() {
		run = LocalRunProcess.ready(directory);
	}

	@AfterAll
	static void stop() {
		run.close();
	}

	@Test
	void tellsASubscriberOfAWorkflow() throws IOException {
		assertThat(COMMANDS).hasSize(3);
		var port = freePort();
		var shell = new ReadmeShell(run.told("API and its page"));

		var subscribed = shell.run(COMMANDS.get(0).replace("9090", port), Map.of());
		assertThat(subscribed.exit()).as(subscribed.output()).isZero();
		var secret = subscribed.output().lines().filter(line -> line.startsWith("whsec_")).findFirst().orElseThrow();
		var output = directory.resolve("subscriber.txt");
		var command = COMMANDS.get(1).replace("9090", port).replace("\"$Secret\"", secret).strip().split(" ");
		command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		var subscriber = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(shell.run(COMMANDS.get(2), Map.of()).output()).contains("WorkflowId");

			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(Files.readString(output).lines().filter(line -> line.startsWith("evt_")))
							.extracting(line -> line.replaceFirst("evt_[0-9a-f]{32} \\{\"type\":\"([^\"]*)\".*", "$1"))
							.startsWith("workflow.accepted", "workflow.submitted", "workflow.finished"));
		}
		finally {
			subscriber.destroyForcibly();
		}
	}

	private static String freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return Integer.toString(socket.getLocalPort());
		}
	}

}
