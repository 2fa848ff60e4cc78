package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Faults;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
@Import(Scene.class)
class ReconcilerTests {

	private static final String BATCHES = "/IntegrationConfig/AppflowIntegration/Batches";

	/** Longer than a delayed request may still arrive. */
	private static final Duration SETTLED = Duration.ofMinutes(7);

	/** Longer than the pause between the two looks that prove absence. */
	private static final Duration SECOND_LOOK = Duration.ofSeconds(31);

	/** By the SDK, before it gives up. */
	private static final int ATTEMPTS_OF_A_READ = 3;

	private final Simulator aws = SimulatedAws.simulator();

	/** Without batches, so that its flow has its very FlowName. */
	private final SampleRequest sample = SampleRequest.unique().with(BATCHES, List.of());

	@Autowired
	Scene scene;

	@Autowired
	Workflows workflows;

	@Autowired
	Settlement settlement;

	@BeforeEach
	@AfterEach
	void begin() {
		aws.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RESET_AFTER", "ERROR_500_AFTER", "GARBAGE_200", "NO_ID_200" })
	void adoptsWhatIsThereAsSoonAsItShowsItself(Fault.Kind kind) {
		var id = submitTo(new Fault(kind, Duration.ZERO), sample);
		awaitStart();

		scene.reconcile();

		var made = aws.workflows().getFirst();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.ADOPTED);
			assertThat(workflow.remoteWorkflowId()).isEqualTo(made.workflowId());
		});
		assertThat(scene.lastEntry(id).reason())
			.isEqualTo("Found at Customer Profiles as %s: its FlowName is equal".formatted(made.workflowId()));
		assertThat(scene.works()).containsExactly("tracking " + WorkKinds.trackingOf(sample.domainName()));
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void believesAbsenceOnlyAfterTheSettleTimeAndASecondLook() {
		var id = submitTo(Fault.RESET_BEFORE, sample);

		scene.reconcile();
		assertThat(scene.attemptsAt(id).getFirst().absentSince()).as("before the settle time").isNull();
		scene.letPass(SETTLED);
		scene.reconcile();
		assertThat(scene.attemptsAt(id).getFirst().absentSince()).as("after the settle time").isNotNull();
		scene.reconcile();
		assertThat(scene.phase(id)).as("before the second look").isEqualTo(Phase.UNCONFIRMED);
		scene.letPass(SECOND_LOOK);
		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.attemptsAt(id).getFirst().isUnresolved()).isFalse();
		scene.submit();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.CREATED);
		});
		assertThat(aws.calls().createsOf(sample.flowName())).isOne();
		assertThat(aws.duplicates()).isZero();
	}

	@Test
	void findsWhatArrivedBetweenTheTwoLooks() {
		var id = submitTo(Fault.RESET_BEFORE, sample);
		scene.letPass(SETTLED);
		scene.reconcile();

		aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName()));
		awaitStart();
		scene.letPass(SECOND_LOOK);
		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void waitsForWhatHasNotShownItsStepsYet() {
		hideSteps();
		var id = submitTo(Fault.RESET_AFTER, sample);
		awaitStart();

		proveAbsent();

		assertThat(scene.phase(id)).as("it is neither found nor absent").isEqualTo(Phase.UNCONFIRMED);
		aws.faults().clear();
		scene.reconcile();
		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void asksAPersonWhenWhatMayBeItShowsNoStepsForLong() {
		hideSteps();
		var age = Duration.ofMinutes(90);
		var id = submitTo(Fault.RESET_BEFORE, sample);
		aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName()).withCreatedAt(Instant.now().minus(age)));
		scene.letPass(age);

		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);
		assertThat(scene.lastEntry(id).reason()).isEqualTo("What may be it shows no steps");
		assertThat(workflows.candidatesOf(workflows.require(id))).extracting(Candidate::speaksAgainst)
			.containsExactly(List.of("it shows no steps, so no FlowName"));
	}

	@Test
	void provesNothingByAWorkflowThatCannotBeRead() {
		var id = submitTo(Fault.RESET_BEFORE, sample);
		aws.plant(ForeignWorkflow.of(sample.domainName(), "foreign").withCreatedAt(Instant.now().minus(SETTLED)));
		scene.letPass(SETTLED);
		aws.faults().next(Operation.GET_WORKFLOW, ATTEMPTS_OF_A_READ, Fault.ERROR_500_BEFORE);

		scene.reconcile();
		assertThat(scene.attemptsAt(id).getFirst().absentSince()).isNull();

		scene.reconcile();
		assertThat(scene.attemptsAt(id).getFirst().absentSince()).as("it is another").isNotNull();
	}

	@Test
	void adoptsAWorkflowWithBatchesAfterTheSettleTimeAndASecondLook() {
		var batches = SampleRequest.unique();
		var id = submitTo(Fault.RESET_AFTER, batches);
		awaitStart();

		scene.reconcile();
		scene.letPass(SETTLED);
		scene.reconcile();
		assertThat(scene.phase(id)).as("an equal one may show itself yet").isEqualTo(Phase.UNCONFIRMED);
		scene.letPass(SECOND_LOOK);
		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
		assertThat(scene.lastEntry(id).reason()).endsWith("its FlowName begins with ours, and no other does");
	}

	@Test
	void takesNoWorkflowOfAnotherRequestForIts() {
		var shorter = SampleRequest.of(sample.domainName(), "crm");
		var longer = SampleRequest.of(sample.domainName(), "crm-accounts");
		var id = submitTo(Fault.RESET_BEFORE, shorter);
		var other = submitTo(Fault.RESET_AFTER, longer);
		awaitStart();

		proveAbsent();

		assertThat(scene.phase(other)).isEqualTo(Phase.SUBMITTED);
		assertThat(scene.phase(id)).as("absent, since the only one alike is the other's").isEqualTo(Phase.ACCEPTED);
	}

	@Test
	void takesNothingThatAnotherHoldsThoughItsFlowNameIsEqual() {
		var held = aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName())).workflowId();
		var holder = scene.accept(SampleRequest.in(sample.domainName()));
		scene.settle(new AttemptAnswer(scene.begin(holder), 1, new CreateOutcome.Created(held, "made", null)));
		var id = submitTo(Fault.RESET_BEFORE, sample);
		awaitStart();

		proveAbsent();

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		assertThat(workflows.require(holder).remoteWorkflowId()).isEqualTo(held);
	}

	@Test
	void asksAPersonWhenTwoCarryItsFlowName() {
		var id = submitTo(Fault.RESET_AFTER, sample);
		aws.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName()));
		awaitStart();

		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);
		assertThat(scene.lastEntry(id).reason()).isEqualTo("Several workflows at Customer Profiles carry its FlowName");
		assertThat(workflows.candidatesOf(workflows.require(id))).hasSize(2).allSatisfy(candidate -> {
			assertThat(candidate.flowNames()).containsExactly(sample.flowName());
			assertThat(candidate.speaksFor()).contains("its FlowName is equal", "it uses the same role and connector");
			assertThat(candidate.createdAt()).isNotNull();
		});
		assertThat(scene.works()).as("nothing goes on by itself").isEmpty();
	}

	@Test
	void takesALateAnswerForTheBestEvidence() {
		var id = scene.accept(sample);
		var work = scene.begin(id);
		scene.settle(new AttemptAnswer(work, 1, new CreateOutcome.Unknown("No answer in time", null)));
		scene.settle(new AttemptAnswer(work, 1, created()));

		scene.reconcile();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.CREATED);
		});
		assertThat(calls(Operation.LIST_WORKFLOWS)).as("no need to ask").isZero();
	}

	@Test
	void cancelsWhatIsProvedAbsentAndWasToBeDeleted() {
		var id = submitTo(Fault.RESET_BEFORE, sample);
		workflows.delete(sample.domainName(), id, "anna", false);
		assertThat(scene.phase(id)).isEqualTo(Phase.UNCONFIRMED);

		proveAbsent();

		assertThat(scene.phase(id)).isEqualTo(Phase.CANCELLED);
		assertThat(scene.works()).isEmpty();
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void asksAnOperatorBeforeItDeletesWhatItFound() {
		var id = submitTo(Fault.RESET_AFTER, sample);
		workflows.delete(sample.domainName(), id, "anna", false);
		awaitStart();

		scene.reconcile();

		assertThat(scene.phase(id)).as("it may be somebody else's").isEqualTo(Phase.SUBMITTED);
		assertThat(scene.lastEntry(id).reason()).contains("an operator has to ask again and confirm it");
		workflows.delete(sample.domainName(), id, "olga", true);
		assertThat(scene.phase(id)).isEqualTo(Phase.DELETING);
	}

	@Test
	void deletesWhatALateAnswerSaysItMade() {
		var id = scene.accept(sample);
		var work = scene.begin(id);
		scene.settle(new AttemptAnswer(work, 1, new CreateOutcome.Unknown("No answer in time", null)));
		workflows.delete(sample.domainName(), id, "anna", false);
		scene.settle(new AttemptAnswer(work, 1, created()));

		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.DELETING);
		assertThat(scene.works()).contains(WorkKinds.DELETION + " " + id);
	}

	@Test
	void provesNothingByADomainThatAwsDoesNotShow() {
		var elsewhere = SampleRequest.in("missing-domain");
		var id = submitTo(Fault.RESET_BEFORE, elsewhere);

		proveAbsent();

		assertThat(scene.phase(id)).isEqualTo(Phase.UNCONFIRMED);
		scene.letPass(Duration.ofHours(1));
		scene.reconcile();
		assertThat(scene.phase(id)).isEqualTo(Phase.NEEDS_REVIEW);
		assertThat(scene.lastEntry(id).reason()).isEqualTo("Customer Profiles does not show its domain");
	}

	@Test
	void provesNothingByAListingThatBrokeOff() {
		var id = submitTo(Fault.RESET_BEFORE, sample);
		scene.letPass(SETTLED);
		aws.faults().next(Operation.LIST_WORKFLOWS, 3, Fault.ERROR_500_BEFORE);

		scene.reconcile();

		assertThat(scene.attemptsAt(id).getFirst().absentSince()).isNull();
		scene.reconcile();
		assertThat(scene.attemptsAt(id).getFirst().absentSince()).isNotNull();
	}

	@Test
	void listsADomainOnceForAllThatIsUncertainThere() {
		var ids = IntStream.range(0, 20)
			.mapToObj(_ -> submitTo(Fault.RESET_AFTER, SampleRequest.in(sample.domainName()).with(BATCHES, List.of())))
			.toList();
		awaitStart();
		var before = calls(Operation.LIST_WORKFLOWS);

		scene.reconcile();

		assertThat(ids).extracting(scene::phase).containsOnly(Phase.SUBMITTED);
		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(before + 1);
		assertThat(calls(Operation.GET_WORKFLOW)).isEqualTo(20);
		assertThat(calls(Operation.GET_WORKFLOW_STEPS)).isEqualTo(20);
	}

	@Test
	void readsEachForeignWorkflowOnce() {
		IntStream.range(0, 5)
			.forEach(number -> aws.plant(ForeignWorkflow.of(sample.domainName(), "foreign-" + number)));
		var id = submitTo(Fault.RESET_BEFORE, sample);
		awaitStart();

		scene.reconcile();
		assertThat(calls(Operation.GET_WORKFLOW)).isEqualTo(5);
		scene.reconcile();
		scene.reconcile();

		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(3);
		assertThat(calls(Operation.GET_WORKFLOW)).isEqualTo(5);
		assertThat(calls(Operation.GET_WORKFLOW_STEPS)).isEqualTo(5);
		assertThat(scene.phase(id)).isEqualTo(Phase.UNCONFIRMED);
	}

	@Test
	void reconcilesNothingOnceNothingIsUncertain() {
		var id = submitTo(Fault.RESET_BEFORE, sample);
		proveAbsent();
		scene.submit();
		aws.calls().forget();

		scene.reconcile();

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
		assertThat(calls(Operation.LIST_WORKFLOWS)).isZero();
		assertThat(scene.works()).noneMatch(work -> work.startsWith(WorkKinds.RECONCILIATION));
	}

	private WorkflowId submitTo(Fault fault, SampleRequest request) {
		var id = scene.accept(request);
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, fault);
		scene.submit();
		assertThat(scene.phase(id)).isEqualTo(Phase.UNCONFIRMED);
		return id;
	}

	private void proveAbsent() {
		scene.letPass(SETTLED);
		scene.reconcile();
		scene.letPass(SECOND_LOOK);
		scene.reconcile();
	}

	private void hideSteps() {
		aws.faults().lag(new Faults.Lag(Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
	}

	/** From when on all that is at AWS shows its steps. */
	private void awaitStart() {
		await().until(() -> aws.workflows().stream().noneMatch(remote -> remote.status().equals("NOT_STARTED")));
	}

	private int calls(Operation operation) {
		return aws.calls().of(operation).size();
	}

	private static CreateOutcome created() {
		return new CreateOutcome.Created("0123456789abcdef0123456789abcdef", "made", null);
	}

}
