package io.profileworkflows.submission;

import java.util.List;
import java.util.UUID;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.WorkflowNotFound;
import io.profileworkflows.workflow.Workflows;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
@EmptyTables
@Import(Scene.class)
class OperatorsTests {

	private static final Decision DECISION = new Decision("olga", "looked at it in the console");

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Operators operators;

	@Autowired
	Scene scene;

	@Autowired
	Settlement settlement;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@Test
	void adoptsAWorkflowAtAws() {
		var id = scene.inReview(sample);
		var remoteId = plant(sample);

		assertThat(operators.adopt(sample.domainName(), id, remoteId, DECISION)).isEqualTo(Phase.SUBMITTED);

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.ADOPTED);
			assertThat(workflow.remoteWorkflowId()).isEqualTo(remoteId);
		});
		assertThat(scene.lastEntry(id)).satisfies(entry -> {
			assertThat(entry.reason()).isEqualTo("Adopted %s: looked at it in the console".formatted(remoteId));
			assertThat(entry.actor()).isEqualTo("olga");
		});
		assertThat(scene.attemptsAt(id)).noneMatch(Attempt::isUnresolved);
		assertThat(scene.works()).contains("tracking " + WorkKinds.trackingOf(sample.domainName()));
	}

	@Test
	void adoptsNothingThatAwsDoesNotKnow() {
		var id = scene.inReview(sample);

		refuses(() -> operators.adopt(sample.domainName(), id, "0123456789abcdef0123456789abcdef", DECISION),
				"Customer Profiles knows no workflow 0123456789abcdef0123456789abcdef in domain "
						+ sample.domainName());
		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);
	}

	@Test
	void adoptsNothingOfAnotherDomain() {
		var id = scene.inReview(sample);
		var elsewhere = plant(SampleRequest.of("elsewhere", sample.flowName()));

		refuses(() -> operators.adopt(sample.domainName(), id, elsewhere, DECISION),
				"Customer Profiles knows no workflow " + elsewhere);
	}

	@Test
	void adoptsNothingThatAnotherWorkflowHolds() {
		var other = SampleRequest.in(sample.domainName());
		var holder = scene.accept(other);
		scene.submit();
		var held = workflows.require(holder).remoteWorkflowId();
		var id = scene.inReview(sample);

		refuses(() -> operators.adopt(sample.domainName(), id, held, DECISION), "Another workflow holds " + held);
	}

	@Test
	void tellsWhenAwsGivesNoAnswer() {
		var id = scene.inReview(sample);
		var remoteId = plant(sample);
		aws.faults().next(Operation.GET_WORKFLOW, 3, Fault.ERROR_500_BEFORE);

		assertThatExceptionOfType(CallFailed.class)
			.isThrownBy(() -> operators.adopt(sample.domainName(), id, remoteId, DECISION));
		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);
	}

	@Test
	void sendsAgainWhatIsNotAtAws() {
		var id = scene.inReview(sample);

		assertThat(operators.resubmit(sample.domainName(), id, DECISION)).isEqualTo(Phase.ACCEPTED);

		assertThat(scene.lastEntry(id).reason()).isEqualTo("Resubmitted: looked at it in the console");
		scene.submit();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.CREATED);
		});
		assertThat(aws.calls().createsOf(sample.flowName())).isOne();
	}

	@Test
	void sendsAgainWhatWasParked() {
		var id = scene.accept(sample);
		jdbc.sql("update outbox set failures = 10").update();
		scene.submit();
		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);

		operators.resubmit(sample.domainName(), id, DECISION);
		scene.submit();

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
		assertThat(scene.works()).doesNotContain("submission " + id);
	}

	@Test
	void givesUp() {
		var id = scene.inReview(sample);

		assertThat(operators.giveUp(sample.domainName(), id, DECISION)).isEqualTo(Phase.REJECTED);

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.FAILED);
			assertThat(workflow.errorDescription()).isEqualTo("Given up: looked at it in the console");
		});
		assertThat(scene.lastEntry(id).actor()).isEqualTo("olga");
		assertThat(scene.works()).as("nothing more to send").doesNotContain("submission " + id);
		assertThat(scene.accept(sample)).as("its FlowName is free").isNotEqualTo(id);
	}

	@Test
	void neitherSendsAgainNorGivesUpWhatALateAnswerSaysIsAtAws() {
		var id = scene.accept(sample);
		var work = scene.begin(id);
		scene.settle(new AttemptAnswer(work, 1, new CreateOutcome.Unknown("No answer in time", null)));
		workflows.review(id, DECISION.cause("Nobody knows"), List.of());
		var remoteId = plant(sample);
		scene.settle(new AttemptAnswer(work, 1, new CreateOutcome.Created(remoteId, "made", null)));

		refuses(() -> operators.resubmit(sample.domainName(), id, DECISION), "is at Customer Profiles as " + remoteId);
		refuses(() -> operators.giveUp(sample.domainName(), id, DECISION), "is at Customer Profiles as " + remoteId);

		assertThat(operators.adopt(sample.domainName(), id, remoteId, DECISION)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void cancelsInsteadOfSendingAgainWhatWasToBeDeleted() {
		var id = scene.inReview(sample);
		workflows.delete(sample.domainName(), id, "anna", false);

		assertThat(operators.resubmit(sample.domainName(), id, DECISION)).isEqualTo(Phase.CANCELLED);

		assertThat(scene.works()).doesNotContain("submission " + id);
	}

	@Test
	void decidesOnlyWhatIsInReview() {
		var id = scene.accept(sample);
		var remoteId = plant(SampleRequest.in(sample.domainName()));
		var why = "Workflow %s is ACCEPTED; an operator decides only what is NEEDS_REVIEW".formatted(id);

		refuses(() -> operators.adopt(sample.domainName(), id, remoteId, DECISION), why);
		refuses(() -> operators.resubmit(sample.domainName(), id, DECISION), why);
		refuses(() -> operators.giveUp(sample.domainName(), id, DECISION), why);
	}

	@Test
	void decidesOnlyAboutWorkflowsOfTheDomain() {
		var id = scene.inReview(sample);

		assertThatExceptionOfType(WorkflowNotFound.class)
			.isThrownBy(() -> operators.resubmit("elsewhere", id, DECISION));
		assertThatExceptionOfType(WorkflowNotFound.class)
			.isThrownBy(() -> operators.giveUp(sample.domainName(), new WorkflowId(UUID.randomUUID()), DECISION));
	}

	private String plant(SampleRequest request) {
		return aws.plant(ForeignWorkflow.of(request.domainName(), request.flowName())).workflowId();
	}

	private static void refuses(ThrowingCallable decision, String why) {
		assertThatExceptionOfType(ActionImpossible.class).isThrownBy(decision).withMessageContaining(why);
	}

}
