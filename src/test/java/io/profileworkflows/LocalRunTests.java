package io.profileworkflows;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The first minutes with the service: what the README's first command prints, and what
 * its requests come to, each pasted twice.
 */
@OnTheSide
class LocalRunTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Of the JVM, for a signal that it ends by. */
	private static final int INTERRUPTED = 130;

	private static final List<String> REQUESTS = ReadmeShell.blocks("A request and its answers");

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

	/** Among several main methods the plugin does not choose, but fails. */
	@Test
	void isWhatTheFirstCommandOfTheReadmeStarts() throws IOException {
		assertThat(Files.readString(Path.of("README.md"))).contains("./mvnw spring-boot:test-run ");
		assertThat(Files.readString(Path.of("pom.xml"))).contains(
				"<spring-boot.run.main-class>%s</spring-boot.run.main-class>".formatted(LocalRun.class.getName()));
	}

	@Test
	void saysWhereEverythingIsAndNothingElse() {
		var said = run.output().lines().takeWhile(line -> !line.startsWith("Ctrl-C")).filter(line -> !line.isBlank());

		assertThat(said).satisfiesExactly(line -> assertThat(line).startsWith("Profile Workflows starts"),
				line -> assertThat(line).isEqualTo("Profile Workflows is ready. Security is off: nobody has to log in, "
						+ "and only this machine can reach it."),
				line -> assertThat(line).matches("  API and its page   http://localhost:\\d+"),
				line -> assertThat(line).matches("  health, metrics    http://localhost:\\d+/actuator"),
				line -> assertThat(line).matches("  simulated AWS      http://127.0.0.1:\\d+/_simulator"),
				line -> assertThat(line).matches("  database           jdbc:postgresql://localhost:\\d+/\\S+"),
				line -> assertThat(line).startsWith("A first request"),
				line -> assertThat(line).startsWith("  curl -i " + run.told("API and its page")),
				line -> assertThat(line).startsWith("    -H "), line -> assertThat(line).startsWith("    --data @"));
	}

	/** A process that listens on all addresses listens on this one, too. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void canBeReachedFromThisMachineOnly() {
		assertThat(Stream.of("API and its page", "health, metrics", "simulated AWS")
			.map(run::told)
			.map(address -> URI.create(address).getPort())).allSatisfy(
					port -> assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2")).close())
						.doesNotThrowAnyException());
	}

	@Test
	void answersTheRequestThatItShowsHoweverOftenItIsPasted() {
		var request = run.output().lines().dropWhile(line -> !line.contains("curl -i")).limit(3).toList();

		var first = shell().run(String.join("\n", request), Map.of());
		var second = shell().run(String.join("\n", request), Map.of());

		assertThat(first.output()).contains("HTTP/1.1 202");
		assertThat(second.output()).contains("HTTP/1.1 202").contains("Idempotency-Replayed: true");
	}

	@Test
	void answersTheReadmesRequestsHoweverOftenTheyArePasted() {
		var create = block("curl -si");
		var first = shell().run(create, Map.of());
		assertThat(first.output()).contains("HTTP/1.1 202");
		assertThat(first.exit()).as(first.output()).isZero();
		var variables = Map.of("WorkflowId", first.workflowId());

		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(shell().run(block("curl -s \""), variables).output())
				.contains("\"Status\":\"COMPLETE\"")
				.contains("\"WorkflowId\":\"%s\"".formatted(first.workflowId())));
		assertThat(shell().run(block("/history\""), variables).output()).contains("\"FINISHED\"");
		var second = shell().run(create, Map.of());

		assertThat(second.output()).contains("HTTP/1.1 202").contains("Idempotency-Replayed: true");
		assertThat(second.workflowId()).isEqualTo(first.workflowId());
	}

	@Test
	void answersTheReadmesRequestsOfTheAwsCliHoweverOftenTheyArePasted() {
		assumeThat(Stream.concat(Stream.of("/usr/bin"), Arrays.stream(System.getenv("PATH").split(File.pathSeparator))))
			.as("an AWS CLI")
			.anyMatch(path -> Files.isExecutable(Path.of(path, "aws")));
		var commands = block("aws customer-profiles");

		var first = shell().run(commands, Map.of());
		await("for the next second, which gives another FlowName").atMost(PATIENCE)
			.untilAsserted(() -> assertThat(shell().run(commands, Map.of())).satisfies(second -> {
				assertThat(second.exit()).as(second.output()).isZero();
				assertThat(second.workflowId()).isNotEqualTo(first.workflowId());
			}));

		assertThat(first.exit()).as(first.output()).isZero();
		assertThat(first.output()).contains("\"Status\": \"").contains("\"WorkflowId\": \"" + first.workflowId());
	}

	/** All of a page in one shell: later ones use what earlier ones have set. */
	@ParameterizedTest
	@ValueSource(strings = { "docs/bulk.md", "docs/ci.md" })
	void answersTheCommandsOfPagesHoweverOftenTheyArePasted(String page) throws IOException {
		assumeThat(Path.of("/usr/bin/jq")).as("jq").isExecutable();
		var commands = String.join("\n", ReadmeShell.blocks(Path.of(page))).replace("9090", freePort());

		var first = shell().run(commands, Map.of());
		var second = shell().run(commands, Map.of());

		assertThat(first.exit()).as(first.output()).isZero();
		assertThat(second.exit()).as(second.output()).isZero();
		assertThat(second.output())
			.contains(page.endsWith("ci.md") ? "COMPLETE example-support-problems" : "\"Replayed\": 3");
		assertThat(
				second.output().lines().filter(line -> line.startsWith("workflow.finished COMPLETE job-")).distinct())
			.hasSize(page.endsWith("ci.md") ? 3 : 0);
	}

	/** With the subscriber that the page has. */
	@Test
	void tellsTheSubscriberOfTheEventsPageOfAWorkflow() throws IOException {
		var commands = ReadmeShell.blocks("docs/events.md", "Try it");
		assertThat(commands).hasSize(4);
		var port = freePort();
		var subscribed = shell().run(commands.get(0).replace("9090", port), Map.of());
		assertThat(subscribed.exit()).as(subscribed.output()).isZero();
		var secret = subscribed.output().lines().filter(line -> line.startsWith("whsec_")).findFirst().orElseThrow();
		var output = directory.resolve("subscriber.txt");
		var command = commands.get(1).replace("9090", port).replace("\"$Secret\"", secret).strip().split(" ");
		command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		var subscriber = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(shell().run(commands.get(2), Map.of()).output()).contains("WorkflowId");

			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(Files.readString(output).lines().filter(line -> line.startsWith("evt_")))
							.extracting(line -> line.replaceFirst("evt_[0-9a-f]{32} \\{\"type\":\"([^\"]*)\".*", "$1"))
							.containsSubsequence("workflow.accepted", "workflow.submitted", "workflow.finished"));
		}
		finally {
			subscriber.destroyForcibly();
		}
		assertThat(shell().run(commands.get(3), Map.of()).output()).contains("\"Name\":\"try\"");
	}

	private static String freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return Integer.toString(socket.getLocalPort());
		}
	}

	@Test
	void stopsWithoutNoiseAndKeepsWhatItStored() {
		var variables = Map.of("WorkflowId", shell().run(block("curl -si"), Map.of()).workflowId());

		var exit = run.interrupt();
		var last = run.output().lines().toList();
		run = LocalRunProcess.ready(directory);

		assertThat(exit).isEqualTo(INTERRUPTED);
		assertThat(last.getLast()).isEqualTo("Profile Workflows has stopped. What it stored is in .local.");
		assertThat(last).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
		assertThat(shell().run(block("curl -s \""), variables).output()).contains("\"FlowName\"");
	}

	@ParameterizedTest
	@CsvSource({ "SIMULATOR_PORT, set SIMULATOR_PORT to another one", "POSTGRES_PORT, set POSTGRES_PORT to a free port",
			"SERVER_PORT, Set SERVER_PORT to a free port",
			"MANAGEMENT_SERVER_PORT, Set MANAGEMENT_SERVER_PORT to a free port" })
	void endsAtOnceWhereAPortIsTaken(String variable, String advice, @TempDir Path elsewhere) throws IOException {
		try (var process = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				var second = LocalRunProcess.begin(elsewhere, Map.of(variable, "" + process.getLocalPort()))) {
			assertThat(second.end()).isEqualTo(1);

			assertThat(second.output()).contains(advice).contains("" + process.getLocalPort()).doesNotContain("\tat ");
		}
	}

	private static ReadmeShell shell() {
		return new ReadmeShell(run.told("API and its page"));
	}

	private static String block(String part) {
		return REQUESTS.stream().filter(block -> block.contains(part)).findFirst().orElseThrow();
	}

}
