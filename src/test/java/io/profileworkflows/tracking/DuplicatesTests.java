package io.profileworkflows.tracking;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class DuplicatesTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@Autowired
	MeterRegistry meters;

	@Autowired
	MockMvcTester mvc;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void showsAWorkflowThatAppearsLaterWithTheSameFlowName() {
		var id = submit(sample);
		sweep();
		assertThat(show(id)).doesNotContain("DuplicateWorkflowIds");
		var before = counted();
		var duplicate = plant(sample.flowName());

		sweep();

		assertThat(show(id)).contains("\"DuplicateWorkflowIds\":[\"%s\"]".formatted(duplicate));
		assertThat(reasons(id)).last()
			.isEqualTo("Customer Profiles also has %s with its FlowName, which nobody here asked for"
				.formatted(duplicate));
		assertThat(counted()).isEqualTo(before + 1);
	}

	@Test
	void noticesEachDuplicateOnce() {
		var id = submit(sample);
		var first = plant(sample.flowName());
		var before = counted();
		sweep();
		var entries = reasons(id).size();
		sweep();
		sweep();
		assertThat(workflows.require(id).duplicates()).containsExactly(first);
		assertThat(reasons(id)).hasSize(entries);
		assertThat(counted()).isEqualTo(before + 1);

		var second = plant(sample.flowName());
		sweep();

		assertThat(workflows.require(id).duplicates()).containsExactly(first, second);
		assertThat(counted()).isEqualTo(before + 2);
	}

	@Test
	void neverDeletesADuplicateByItself() {
		submit(sample);
		plant(sample.flowName());

		sweep();
		workOff.workOff(WorkKinds.DELETION);

		assertThat(aws.workflows()).hasSize(2);
		assertThat(aws.calls().of(Operation.DELETE_WORKFLOW)).isEmpty();
	}

	@Test
	void recognizesADuplicateByItsBatches() {
		var id = submit(sample);
		var duplicate = aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName()).withBatches(2))
			.workflowId();
		awaitStart();

		sweep();

		assertThat(workflows.require(id).duplicates()).containsExactly(duplicate);
	}

	@Test
	void takesNobodyElsesWorkflowForADuplicate() {
		var id = submit(sample);
		plant("another-" + sample.flowName());
		aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName() + "-eu")
			.withRoleArn("arn:aws:iam::123456789012:role/another"));
		awaitStart();

		sweep();

		assertThat(workflows.require(id).duplicates()).isEmpty();
	}

	@Test
	void takesWhatIsJustBeingCreatedForNoDuplicate() {
		submit(SampleRequest.in(sample.domainName()));
		var id = accept(sample);
		workflows.change(id, Cause.of("test", "Attempt 1 begins"), Workflow::submit);
		var remoteId = plant(sample.flowName());
		sweep();
		assertThat(workflows.require(id).duplicates()).as("before its answer is in").isEmpty();

		jdbc.sql("delete from outbox where kind = 'submission'").update();
		workflows.change(id, Cause.of("test", "Created"),
				workflow -> workflow.confirm(remoteId, Provenance.CREATED, workflow.createdAt()));
		sweep();

		assertThat(workflows.require(id).duplicates()).as("after").isEmpty();
		assertThat(workflows.require(id).phase()).isNotEqualTo(Phase.NEEDS_REVIEW);
	}

	@Test
	void readsWorkflowsOfOthersOnce() {
		submit(sample);
		IntStream.range(0, 4).forEach(number -> plant("foreign-" + number));
		sweep();
		sweep();
		aws.calls().forget();

		sweep();

		assertThat(aws.calls().of(Operation.LIST_WORKFLOWS)).hasSize(1);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).isEmpty();
		assertThat(aws.calls().of(Operation.GET_WORKFLOW_STEPS)).isEmpty();
	}

	@Test
	void readsTheWorkflowsOfOthersAFewAtATimeUntilItKnowsThemAll() {
		var id = submit(sample);
		IntStream.range(0, 12).forEach(number -> plant("foreign-" + number));
		var duplicate = aws
			.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName())
				.withCreatedAt(aws.workflows().getLast().createdAt().minusSeconds(1)))
			.workflowId();

		sweep();
		assertThat(workflows.require(id).duplicates()).as("the last to be read").isEmpty();
		sweep();
		sweep();

		assertThat(workflows.require(id).duplicates()).containsExactly(duplicate);
	}

	private WorkflowId submit(SampleRequest request) {
		var id = accept(request);
		workOff.workOff(WorkKinds.SUBMISSION);
		aws.pin(workflows.require(id).remoteWorkflowId(), "IN_PROGRESS", null);
		return id;
	}

	private WorkflowId accept(SampleRequest request) {
		return workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
	}

	/** Somebody else's, which shows its steps by now. */
	private String plant(String flowName) {
		var planted = aws.plant(ForeignWorkflow.of(sample.domainName(), flowName)).workflowId();
		awaitStart();
		return planted;
	}

	private void awaitStart() {
		await().until(() -> aws.workflows().stream().noneMatch(remote -> remote.status().equals("NOT_STARTED")));
	}

	private void sweep() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = 'tracking'").update();
		assertThat(workOff.workOff(WorkKinds.TRACKING)).isOne();
	}

	private String show(WorkflowId id) {
		return new String(mvc.get()
			.uri("/domains/%s/workflows/%s".formatted(sample.domainName(), id))
			.exchange()
			.getResponse()
			.getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private List<String> reasons(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).stream().map(HistoryEntry::reason).toList();
	}

	private double counted() {
		return meters.counter("submission.duplicates").count();
	}

}
