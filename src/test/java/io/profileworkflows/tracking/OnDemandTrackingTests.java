package io.profileworkflows.tracking;

import java.util.List;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class OnDemandTrackingTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Workflows workflows;

	@Autowired
	Snapshots snapshots;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void looksAtOnceAtWhatSomebodyAsksFor() {
		var id = submitted();

		ask(id);

		await().untilAsserted(() -> assertThat(workflows.require(id).status()).isEqualTo(Status.COMPLETE));
	}

	@Test
	void looksAtOnceAtWhatSomebodyGetsOrFollows() {
		var got = submitted();
		var following = SampleRequest.unique();
		var followed = submitted(following);

		snapshots.of(sample.domainName(), got);
		snapshots.now(following.domainName(), followed);

		await().untilAsserted(() -> assertThat(List.of(got, followed))
			.allSatisfy(id -> assertThat(workflows.require(id).status()).isEqualTo(Status.COMPLETE)));
	}

	@Test
	void asksAwsOnceHoweverOftenItIsAsked() {
		var id = submitted();

		for (int turn = 0; turn < 20; turn++) {
			ask(id);
		}

		await().untilAsserted(() -> assertThat(workflows.require(id).status()).isEqualTo(Status.COMPLETE));
		ask(id);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).hasSize(1);
	}

	@Test
	void leavesAloneWhatWasSeenOfLate() {
		var seen = submitted();
		jdbc.sql("insert into tracking_sweep values (:domain, clock_timestamp() - interval '5 s')")
			.param("domain", sample.domainName())
			.update();
		var elsewhere = submitted(SampleRequest.unique());

		ask(seen);
		workflows.require(workflows.require(elsewhere).domainName(), elsewhere);

		await().untilAsserted(() -> assertThat(workflows.require(elsewhere).status()).isEqualTo(Status.COMPLETE));
		assertThat(workflows.require(seen).status()).isEqualTo(Status.NOT_STARTED);
		assertThat(aws.calls().of(Operation.GET_WORKFLOW)).hasSize(1);
	}

	@Test
	void answersTheCallerWhateverAwsSays() {
		var id = submitted();
		aws.faults().always(Operation.GET_WORKFLOW, Fault.ACCESS_DENIED_403);

		assertThat(workflows.require(sample.domainName(), id).status()).isEqualTo(Status.NOT_STARTED);

		await().until(() -> !aws.calls().of(Operation.GET_WORKFLOW).isEmpty());
		assertThat(workflows.require(id).status()).isEqualTo(Status.NOT_STARTED);
	}

	private void ask(WorkflowId id) {
		workflows.require(sample.domainName(), id);
	}

	private WorkflowId submitted() {
		return submitted(sample);
	}

	private WorkflowId submitted(SampleRequest request) {
		var id = workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
		workOff.workOff(WorkKinds.SUBMISSION);
		aws.pin(workflows.require(id).remoteWorkflowId(), "COMPLETE", null);
		return id;
	}

}
