package io.profileworkflows;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.profileworkflows.flows.Runs;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.outbox.Backlog;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.workflow.Acceptance;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.IdempotencyKey;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Step;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The service starts on a database that an older version filled, and goes on with it.
 */
@Tag("sql")
class UpgradeTests {

	/** In the order of their rows. */
	private static final List<Phase> NUMBERS = List.of(Phase.ACCEPTED, Phase.SUBMITTING, Phase.UNCONFIRMED,
			Phase.NEEDS_REVIEW, Phase.SUBMITTED, Phase.FINISHED, Phase.REJECTED, Phase.CANCELLED, Phase.DELETING,
			Phase.DELETED);

	private static Replicas service;

	private final Workflows workflows = service.workflows();

	@BeforeAll
	static void upgrade() {
		var database = Postgres.create("upgrade");
		Postgres.migrate(database, "1");
		fill(database, "V1.sql");
		Postgres.migrate(database, "5");
		fill(database, "V5.sql");
		Postgres.migrate(database, "17");
		fill(database, "V17.sql");
		service = Replicas.start(1, SimulatedAws.simulator(), database);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@ParameterizedTest
	@EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
	void readsAWorkflowOfEachPhase(Phase phase) {
		var workflow = workflows.require("upgrade", id(phase));

		assertThat(workflow.phase()).isEqualTo(phase);
		assertThat(workflow.tags()).isEqualTo(Map.of("team", "crm", "cost:center", "4711"));
		assertThat(workflow.isDeletionRequested()).isEqualTo(phase == Phase.UNCONFIRMED);
		assertThat(workflows.requestOf(workflow).flowName()).isEqualTo(flowName(phase));
		assertThat(workflows.warningsOf(workflow)).containsExactly(new Violation("/Tags", "are a good idea"));
		assertThat(workflows.historyOf(id(phase), 0, 10)).extracting(HistoryEntry::toPhase)
			.containsExactly(Phase.ACCEPTED, phase);
		assertThat(workflows.stepsOf(id(phase), 0, 10)).extracting(Step::flowName)
			.allMatch(flowName(phase)::equals)
			.hasSize((workflow.remoteWorkflowId() != null) ? 2 : 0);
	}

	@Test
	void keepsWhatIsKnownOfAws() {
		assertThat(workflows.require(id(Phase.FINISHED)).provenance()).isEqualTo(Provenance.ADOPTED);
		assertThat(workflows.require(id(Phase.FINISHED)).duplicates())
			.containsExactly("d0000000000000000000000000000001");
		assertThat(workflows.candidatesOf(workflows.require(id(Phase.NEEDS_REVIEW))))
			.containsExactly(new Candidate("c0000000000000000000000000000001", Instant.parse("2026-01-02T03:04:06Z"),
					"IN_PROGRESS", List.of("upgrade-needs_review"), List.of("its FlowName"), List.of()));
		assertThat(workflows.heldAmong(Set.of("a0000000000000000000000000000005", "other")))
			.containsExactly("a0000000000000000000000000000005");
	}

	/** It may have seen already that this AppFlow does not know the flow. */
	@Test
	void keepsWhatIsKnownOfFlows() {
		var flow = workflows.require(id(Phase.FINISHED)).flow();

		assertThat(flow.flowName()).isEqualTo("upgrade-finished");
		assertThat(flow.health()).isIn(FlowHealth.EMPTY, FlowHealth.GONE);
		assertThat(service.bean(Runs.class).of(id(Phase.FINISHED), 0, 10)).singleElement()
			.satisfies(run -> assertThat(run.run().executionId()).isEqualTo("run-1"));
	}

	@Test
	void keepsTheWork() {
		assertThat(service.bean(Outbox.class).backlog()).filteredOn(backlog -> backlog.parked() > 0)
			.extracting(Backlog::kind)
			.containsExactly("deletion");
		assertThat(service.bean(Outbox.class).parked(10)).extracting(ParkedWork::subject)
			.containsExactly(id(Phase.DELETING).toString());
	}

	@ParameterizedTest
	@EnumSource(Phase.class)
	void keepsTheFlowNamesThatAreTaken(Phase phase) {
		var request = SampleRequest.of("other", flowName(phase)).request();

		if (Set.of(Phase.REJECTED, Phase.CANCELLED, Phase.DELETED).contains(phase)) {
			assertThat(workflows.accept(request, List.of(), "berta", null).replayed()).isFalse();
		}
		else {
			assertThatExceptionOfType(FlowNameTaken.class)
				.isThrownBy(() -> workflows.accept(request, List.of(), "berta", null));
		}
	}

	@Test
	void goesOnWithWhatWasAccepted() {
		var accepted = workflows.require(id(Phase.ACCEPTED));
		var request = workflows.requestOf(accepted);

		assertThat(workflows.accept(request, List.of(), "berta", null)).as("it is the same")
			.returns(true, Acceptance::replayed)
			.returns(accepted.id(), acceptance -> acceptance.workflow().id());
		assertThat(workflows.accept(request, List.of(), "anna", new IdempotencyKey("upgrade-accepted")))
			.as("so is its key")
			.returns(true, Acceptance::replayed);
		assertThat(accepted.phase()).as("creates are paused").isEqualTo(Phase.ACCEPTED);
		service.resume();
		await().atMost(Duration.ofMinutes(1)).until(() -> workflows.require(accepted.id()).remoteWorkflowId() != null);
	}

	@Test
	void letsThePreviousVersionGoOnWriting() {
		var database = Postgres.create("previous");
		Postgres.migrate(database);

		fill(database, "V1.sql", "V5.sql", "V17.sql");
	}

	private static void fill(Postgres.Database database, String... scripts) {
		var files = Arrays.stream(scripts)
			.map(script -> new ClassPathResource("upgrades/" + script))
			.toArray(ClassPathResource[]::new);
		new ResourceDatabasePopulator(files)
			.execute(new DriverManagerDataSource(database.url(), database.getUsername(), database.getPassword()));
	}

	private static WorkflowId id(Phase phase) {
		return WorkflowId.of("019a00000000700080000000000000%02d".formatted(NUMBERS.indexOf(phase) + 1));
	}

	private static String flowName(Phase phase) {
		return "upgrade-" + phase.name().toLowerCase(Locale.ROOT);
	}

}
