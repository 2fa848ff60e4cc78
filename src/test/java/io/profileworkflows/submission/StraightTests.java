package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.Lanes;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What begins in the transaction that takes it in.
 */
@PostgresTest
@EmptyTables
@Import(Scene.class)
class StraightTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	SubmissionWorker worker;

	@Autowired
	SubmissionSettings settings;

	@Autowired
	Pauses pauses;

	@Autowired
	Workflows workflows;

	@Autowired
	Scene scene;

	@Autowired
	Outbox outbox;

	@Autowired
	Lanes lanes;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	private AutoCloseable lane;

	/** No process begins like that before its first create, which takes longer. */
	@BeforeEach
	void begin() {
		aws.reset();
		scene.accept(SampleRequest.unique());
		await("for a first create on a busy machine").atMost(Duration.ofMinutes(1))
			.until(() -> worker.claim(outbox, 1), claims -> {
				claims.tasks().forEach(task -> workOff.run(worker, task));
				return !claims.tasks().isEmpty();
			});
		lane = workOff.open(worker);
	}

	@AfterEach
	void end() throws Exception {
		if (lane != null) {
			lane.close();
		}
		aws.reset();
	}

	@Test
	void sendsWithoutAnotherTransaction() {
		var id = accept(sample);

		await().until(() -> scene.phase(id), Phase.SUBMITTED::equals);
		assertThat(workflows.historyOf(id, 0, 10)).extracting(HistoryEntry::toPhase)
			.containsExactly(Phase.ACCEPTED, Phase.SUBMITTING, Phase.SUBMITTED);
		assertThat(scene.attemptsAt(id)).singleElement()
			.extracting(Attempt::outcome)
			.isEqualTo(Attempt.Outcome.CREATED);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
		await().untilAsserted(() -> assertThat(scene.works()).noneMatch(work -> work.startsWith(WorkKinds.SUBMISSION)));
	}

	@Test
	void passesNothingThatWaits() throws Exception {
		lane.close();
		var waiting = accept(SampleRequest.unique());
		lane = workOff.open(worker);

		var id = accept(sample);

		assertThat(List.of(scene.phase(waiting), scene.phase(id))).containsOnly(Phase.ACCEPTED);
		assertThat(scene.attemptsAt(id)).isEmpty();
	}

	@Test
	void sendsNothingThatIsPaused() {
		pauses.pause(sample.domainName(), "olga", "to see what happens");

		var id = accept(sample);

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.works()).contains(WorkKinds.SUBMISSION + " " + id);
	}

	@Test
	void leavesToOthersWhatItHasNoSlotFor() {
		var reserved = lanes.reserve(WorkKinds.SUBMISSION, settings.slots());

		var id = accept(sample);

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		reserved.run(List.of());
	}

	@Test
	void givesBackWhatItDoesNotNeed() {
		var id = accept(sample);
		await().until(() -> scene.phase(id), Phase.SUBMITTED::equals);

		for (var time = 0; time < 2 * settings.slots(); time++) {
			assertThatExceptionOfType(FlowNameTaken.class)
				.isThrownBy(() -> accept(sample.role("arn:aws:iam::123456789012:role/other")));
		}

		var reserved = lanes.reserve(WorkKinds.SUBMISSION, settings.slots());
		assertThat(reserved.slots()).isEqualTo(settings.slots());
		reserved.run(List.of());
		assertThat(jdbc.sql("select count(*) from submission_attempt").query(Long.class).single()).isEqualTo(2);
	}

	private WorkflowId accept(SampleRequest request) {
		return scene.accept(request);
	}

}
