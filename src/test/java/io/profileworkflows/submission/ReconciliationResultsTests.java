package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Faults;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class ReconciliationResultsTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Workflows workflows;

	@Autowired
	Settlement settlement;

	@Autowired
	Attempts attempts;

	@Autowired
	Gate gate;

	@Autowired
	Outbox outbox;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void findsWhatWasMadeThoughAwsFailed() {
		var id = accept();
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_AFTER);
		submit();
		letItStart();
		assertThat(attempts.countUnresolved()).isOne();

		reconcile();
		assertThat(workflows.require(id).phase()).as("an equal FlowName may show itself late")
			.isEqualTo(Phase.UNCONFIRMED);
		lookTwiceAfterTheSettleTime();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.ADOPTED);
		});
		assertThat(attempts.countUnresolved()).as("nothing is uncertain any more").isZero();
	}

	static Stream<CreateOutcome> nothingMade() {
		return Stream.of(new CreateOutcome.NotSent(CreateOutcome.NotSent.Cause.DEADLINE_PASSED, "too late", null, null),
				new CreateOutcome.Refused("BadRequestException", "no such role", "request-1"));
	}

	@ParameterizedTest
	@MethodSource("nothingMade")
	void sendsAgainWhatALateAnswerSaysWasNotMade(CreateOutcome late) {
		var id = accept();
		var slow = claim();
		settlement.begin(slow);
		letLeasesRunOut();
		submit();
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.UNCONFIRMED);

		settle(new AttemptAnswer(slow, 1, late));
		reconcile();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
		submit();
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void neverTakesForAbsentWhatIsListedButCannotBeReadYet() {
		var id = accept();
		aws.faults()
			.lag(new Faults.Lag(Duration.ZERO, Duration.ofHours(1), Duration.ZERO))
			.next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_AFTER);
		submit();

		lookTwiceAfterTheSettleTime();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.UNCONFIRMED);
		assertThat(attemptAt(id).absentSince()).isNull();

		aws.faults().lag(Faults.Lag.NONE);
		letItStart();
		lookTwiceAfterTheSettleTime();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(aws.workflows()).hasSize(1);
	}

	@Test
	void letsWhatDiedBeTakenOverHoweverMuchItIs() {
		var id = accept();
		settlement.begin(claim());
		letLeasesRunOut();
		jdbc.sql(
				"""
						insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
						  connector_type, role_arn)
						select workflow_id, number + more, started_at, clock_timestamp() - interval '1 s', domain_name, flow_name,
						  connector_type, role_arn
						from submission_attempt, generate_series(1, 60) as more
						""")
			.update();

		assertThat(gate.state().isShut()).as("while nobody has looked at it").isFalse();
		submit();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.UNCONFIRMED);
		assertThat(gate.state().isShut()).as("once it is known to be uncertain").isTrue();
	}

	private void lookTwiceAfterTheSettleTime() {
		jdbc.sql("""
				update submission_attempt set started_at = clock_timestamp() - interval '7 min',
				  deadline = clock_timestamp() - interval '6 min 30 s'
				""").update();
		reconcile();
		jdbc.sql("update submission_attempt set absent_since = absent_since - interval '30 s'").update();
		reconcile();
	}

	// it shows no steps before
	private void letItStart() {
		await("for it to start at AWS")
			.until(() -> aws.workflows().stream().noneMatch(made -> made.status().equals("NOT_STARTED")));
	}

	private WorkflowId accept() {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	private void submit() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = :kind")
			.param("kind", WorkKinds.SUBMISSION)
			.update();
		workOff.workOff(WorkKinds.SUBMISSION);
	}

	private void reconcile() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = :kind")
			.param("kind", WorkKinds.RECONCILIATION)
			.update();
		assertThat(workOff.workOff(WorkKinds.RECONCILIATION)).isOne();
		assertThat(jdbc.sql("select coalesce(sum(failures), 0) from outbox").query(Integer.class).single()).isZero();
	}

	private void settle(AttemptAnswer answer) {
		workOff.complete(answer.work(), answer, settlement);
	}

	private Work claim() {
		return outbox.claim(WorkKinds.SUBMISSION, 1).getFirst();
	}

	private void letLeasesRunOut() {
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = clock_timestamp() - interval '1 s'")
			.update();
	}

	private Attempt attemptAt(WorkflowId id) {
		return transaction.execute(_ -> attempts.of(id)).getLast();
	}

}
