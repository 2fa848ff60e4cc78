package io.profileworkflows.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@OnTheSide
class StateFileTests {

	private final MovableTime time = new MovableTime(Instant.parse("2026-11-24T10:00:00Z"));

	private SimulatorSettings settings = SimulatorSettings.defaults();

	private Path file = Path.of("");

	@BeforeEach
	void chooseFile(@TempDir Path directory) {
		file = directory.resolve("below/state.jsonl");
		settings = settings.withClock(time).withStateFile(file);
	}

	@Test
	void bringsEverythingBackAfterARestart() {
		List<SimulatedWorkflow> before;
		try (var simulator = Simulator.start(settings); var aws = Sdk.client(simulator)) {
			aws.createIntegrationWorkflow(Sdk.create("orders", 2));
			time.pass(Duration.ofMillis(2500));
			var deleted = aws.createIntegrationWorkflow(Sdk.create("deleted")).workflowId();
			aws.deleteWorkflow(request -> request.domainName("retail").workflowId(deleted));
			aws.createIntegrationWorkflow(Sdk.create("orders"));
			simulator.pin(simulator.plant(ForeignWorkflow.of("retail", "foreign")).workflowId(), "CANCELLED", "why");
			var arn = simulator.workflows().getLast().arn();
			aws.tagResource(request -> request.resourceArn(arn).tags(Map.of("stage", "test")));
			aws.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
			before = simulator.workflows();
		}

		try (var restarted = Simulator.start(settings)) {
			assertThat(restarted.workflows()).isEqualTo(before);
			assertThat(before).extracting(SimulatedWorkflow::status)
				.containsExactly("CANCELLED", "NOT_STARTED", "IN_PROGRESS");
			assertThat(before.get(1).duplicateOf()).isEqualTo(before.getLast().workflowId());
			assertThat(before.getLast().tags()).containsExactly(Map.entry("stage", "test"));
			assertThat(restarted.calls().createsOf("orders")).isEqualTo(2);
			assertThat(restarted.calls().createsOf("foreign")).isZero();
			assertThat(restarted.duplicates()).isEqualTo(1);
		}
	}

	@Test
	void goesOnWritingAfterARestart() {
		for (var start = 1; start <= 3; start++) {
			try (var simulator = Simulator.start(settings)) {
				simulator.plant(ForeignWorkflow.of("retail", "orders-" + start));

				assertThat(simulator.workflows()).hasSize(start);
			}
		}
	}

	@Test
	void writesAChangeBeforeItIsAnswered() throws IOException {
		try (var simulator = Simulator.start(settings); var aws = Sdk.client(simulator)) {
			var id = aws.createIntegrationWorkflow(Sdk.create("orders")).workflowId();

			assertThat(Files.readString(file)).contains(id).endsWith("\n");
		}
	}

	@Test
	void cutsOffALineThatWasTornByACrash() throws IOException {
		try (var simulator = Simulator.start(settings)) {
			simulator.plant(ForeignWorkflow.of("retail", "whole"));
		}
		Files.writeString(file, "{\"Event\":\"Created\",\"Workf", StandardOpenOption.APPEND);

		try (var simulator = Simulator.start(settings)) {
			simulator.plant(ForeignWorkflow.of("retail", "next"));
		}

		try (var simulator = Simulator.start(settings)) {
			assertThat(simulator.workflows()).extracting(SimulatedWorkflow::flowName).containsExactly("next", "whole");
		}
	}

	@Test
	void namesALineItCannotRead() throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, "nonsense\n");

		assertThatIllegalStateException().isThrownBy(() -> Simulator.start(settings))
			.withMessageStartingWith("Line 1 of the state file")
			.withMessageEndingWith("is not JSON");
	}

	@Test
	void belongsToOneSimulatorOnly() {
		try (var simulator = Simulator.start(settings)) {
			assertThatIllegalStateException().isThrownBy(() -> Simulator.start(settings))
				.withMessageContaining("in use by another simulator");
			assertThat(simulator.workflows()).isEmpty();
		}
	}

	@Test
	void isEmptyAfterAReset() {
		try (var simulator = Simulator.start(settings)) {
			simulator.plant(ForeignWorkflow.of("retail", "orders"));
			simulator.reset();
			simulator.plant(ForeignWorkflow.of("retail", "payments"));
		}

		try (var simulator = Simulator.start(settings)) {
			assertThat(simulator.workflows()).extracting(SimulatedWorkflow::flowName).containsExactly("payments");
		}
	}

}
