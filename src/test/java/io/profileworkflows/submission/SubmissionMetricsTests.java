package io.profileworkflows.submission;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
@Import(Scene.class)
class SubmissionMetricsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Autowired
	Attempts attempts;

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@Autowired
	Scene scene;

	@BeforeEach
	@AfterEach
	void begin() {
		SimulatedAws.simulator().reset();
	}

	@Test
	void countsAttemptsOfWhichNobodyKnowsWhatTheyMade() {
		var metrics = new SubmissionMetrics(attempts, meters);
		SimulatedAws.simulator()
			.faults()
			.next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.RESET_AFTER, Fault.HTML_503);
		for (var number = 0; number < 3; number++) {
			workflows.accept(SampleRequest.unique().request(), List.of(), "anna", null);
		}
		workOff.workOff(WorkKinds.SUBMISSION);
		scene.begin(scene.accept(SampleRequest.unique()));

		metrics.count();

		assertThat(meters.get("submission.unresolved").gauge().value()).as("not that under way").isEqualTo(2);
	}

}
