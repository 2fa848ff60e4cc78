package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.outbox.ClaimLost;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.SimulatedWorkflow;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Status;
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

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class SubmissionWorkerTests {

	private static final CreateOutcome.Created CREATED = new CreateOutcome.Created("0123456789abcdef0123456789abcdef",
			"made", "request-1");

	private static final CreateOutcome.Unknown UNKNOWN = new CreateOutcome.Unknown("No answer in time", null);

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Workflows workflows;

	@Autowired
	Settlement settlement;

	@Autowired
	Attempts attempts;

	@Autowired
	Outbox outbox;

	@Autowired
	WorkOff workOff;

	@Autowired
	MeterRegistry meters;

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
	void createsAnAcceptedWorkflowAtAws() {
		var id = accept(sample);

		submit();

		var made = aws.workflows();
		assertThat(made).singleElement().satisfies(remote -> {
			assertThat(remote.domainName()).isEqualTo(sample.domainName());
			assertThat(remote.flowName()).isEqualTo(sample.flowName());
			assertThat(remote.tags()).containsEntry("team", "crm");
		});
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
			assertThat(workflow.provenance()).isEqualTo(Provenance.CREATED);
			assertThat(workflow.remoteWorkflowId()).isEqualTo(made.getFirst().workflowId());
		});
		assertThat(attemptsAt(id)).singleElement().satisfies(attempt -> {
			assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.CREATED);
			assertThat(attempt.remoteWorkflowId()).isEqualTo(made.getFirst().workflowId());
		});
		assertThat(phases(id)).containsExactly(Phase.ACCEPTED, Phase.SUBMITTING, Phase.SUBMITTED);
		assertThat(lastEntry(id)).satisfies(entry -> {
			assertThat(entry.attempt()).isEqualTo(1);
			assertThat(entry.requestId()).isEqualTo(aws.calls().creates(sample.flowName()).getFirst().requestId());
		});
	}

	@Test
	void doubtsNoEarlierAttemptOnceItIsAtAws() {
		var id = accept(sample);
		jdbc.sql("""
				insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
				  connector_type, role_arn)
				select id, 1, clock_timestamp(), clock_timestamp(), domain_name, flow_name, connector_type, role_arn
				from workflow
				""").update();

		submit();

		assertThat(attemptsAt(id)).hasSize(2).noneMatch(Attempt::isUnresolved);
	}

	@Test
	void doubtsNoLaterAttemptOnceALateAnswerTellsOfAnEarlierOne() {
		var id = accept(sample);
		jdbc.sql("""
				insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
				  connector_type, role_arn, outcome, remote_workflow_id, answered_at)
				select id, 1, clock_timestamp(), clock_timestamp(), domain_name, flow_name, connector_type, role_arn,
				  'CREATED', 'made-late', clock_timestamp()
				from workflow
				union all
				select id, 2, clock_timestamp(), clock_timestamp(), domain_name, flow_name, connector_type, role_arn,
				  null, null, null
				from workflow
				""").update();

		submit();

		assertThat(workflows.require(id).remoteWorkflowId()).isEqualTo("made-late");
		assertThat(attemptsAt(id)).hasSize(2).noneMatch(Attempt::isUnresolved);
	}

	@Test
	void leavesTheWorkToFollowItAndNoneToSendItAgain() {
		accept(sample);

		submit();

		assertThat(works()).containsExactly(WorkKinds.TRACKING + " " + WorkKinds.trackingOf(sample.domainName()));
	}

	static Stream<SampleRequest> refused() {
		return Stream.of(SampleRequest.unique().flowName("refused-flow"),
				SampleRequest.unique().objectType("MissingType"), SampleRequest.in("missing-domain"),
				SampleRequest.unique().role("arn:aws:iam::123456789012:role/denied"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void rejectsWhatAwsRefuses(SampleRequest refused) {
		var id = accept(refused);

		submit();
		submit();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.REJECTED);
			assertThat(workflow.status()).isEqualTo(Status.FAILED);
			assertThat(workflow.errorDescription()).contains("Exception: ");
		});
		assertThat(attemptsAt(id)).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.REFUSED);
		assertThat(lastEntry(id).reason()).startsWith("Refused: ");
		assertThat(lastEntry(id).requestId()).isNotNull();
		assertThat(works()).isEmpty();
		assertThat(aws.calls().createCallsOf(refused.flowName())).isOne();
	}

	static Stream<Fault> notSent() {
		return Stream.of(Fault.THROTTLE_429, Fault.EXPIRED_TOKEN_403, Fault.UNRECOGNIZED_CLIENT_403,
				Fault.INVALID_SIGNATURE_403, Fault.ACCESS_DENIED_403);
	}

	@ParameterizedTest
	@MethodSource("notSent")
	void sendsAgainWhatCertainlyWasNotActedUpon(Fault notSent) {
		var id = accept(sample);
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, 2, notSent);

		submit();
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
		assertThat(lastEntry(id).reason()).startsWith("Not sent: ");
		submit();
		assertThat(attemptsAt(id)).as("before its pause is over").hasSize(1);
		makeDue();
		submit();
		makeDue();
		submit();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(attemptsAt(id)).extracting(Attempt::outcome)
			.containsExactly(Attempt.Outcome.NOT_SENT, Attempt.Outcome.NOT_SENT, Attempt.Outcome.CREATED);
		assertThat(aws.calls().createsOf(sample.flowName())).isOne();
	}

	@Test
	void neverCountsThrottlingAsAFailure() {
		accept(sample);
		aws.faults().always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429);

		IntStream.range(0, 12).forEach(_ -> {
			submit();
			makeDue();
		});

		assertThat(outbox.parked(10)).isEmpty();
		assertThat(jdbc.sql("select failures from outbox").query(Integer.class).single()).isZero();
	}

	static Stream<Fault> unknown() {
		return Stream.of(Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.ERROR_500_BEFORE, Fault.ERROR_500_AFTER,
				Fault.HTML_503, Fault.GARBAGE_200, Fault.NO_ID_200);
	}

	@ParameterizedTest
	@MethodSource("unknown")
	void neverSendsAgainWhatMayHaveBeenActedUpon(Fault unknown) {
		var id = accept(sample);
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, unknown);

		submit();
		makeDue();
		submit();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.UNCONFIRMED);
			assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
		});
		assertThat(attemptsAt(id)).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.UNKNOWN);
		assertThat(lastEntry(id).reason()).startsWith("May have been created or not: ");
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void losesSightOfWhatWasAboutToBeSentWhenItCrashed() {
		var id = accept(sample);
		settlement.begin(claim());
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTING);

		letLeasesRunOut();
		submit();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.UNCONFIRMED);
		assertThat(attemptsAt(id)).singleElement().extracting(Attempt::outcome).isNull();
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void writesALateAnswerToItsAttemptAndNothingElse() {
		var id = accept(sample);
		var slow = claim();
		settlement.begin(slow);
		letLeasesRunOut();
		submit();

		settle(new AttemptAnswer(slow, 1, CREATED));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.UNCONFIRMED);
		assertThat(workflows.require(id).remoteWorkflowId()).isNull();
		assertThat(attemptsAt(id)).singleElement().satisfies(attempt -> {
			assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.CREATED);
			assertThat(attempt.remoteWorkflowId()).isEqualTo(CREATED.workflowId());
			assertThat(attempt.requestId()).isEqualTo("request-1");
		});
	}

	@Test
	void confirmsByALateAnswerThatItsSuccessorFinds() {
		var id = accept(sample);
		var slow = claim();
		settlement.begin(slow);
		letLeasesRunOut();
		settle(new AttemptAnswer(slow, 1, CREATED));
		assertThat(workflows.require(id).phase()).as("nobody holds the claim").isEqualTo(Phase.SUBMITTING);

		submit();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.remoteWorkflowId()).isEqualTo(CREATED.workflowId());
		});
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void neverForgetsWhatIsCertainOfAnAttempt() {
		var id = accept(sample);
		var work = claim();
		settlement.begin(work);
		settle(new AttemptAnswer(work, 1, CREATED));

		settle(new AttemptAnswer(work, 1, UNKNOWN));

		assertThat(attemptsAt(id)).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CREATED);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void learnsLaterWhatWasUnknownOfAnAttempt() {
		var id = accept(sample);
		var work = claim();
		settlement.begin(work);
		settle(new AttemptAnswer(work, 1, UNKNOWN));

		settle(new AttemptAnswer(work, 1, CREATED));

		assertThat(attemptsAt(id)).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CREATED);
	}

	@Test
	void sendsNothingWhenItsLeaseEndsBeforeTheCallWould() {
		var id = accept(sample);
		var work = claim();
		jdbc.sql("update outbox set leased_until = clock_timestamp() + interval '29 s'").update();

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> settlement.begin(work));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
		assertThat(attemptsAt(id)).isEmpty();
	}

	@Test
	void sendsNothingForAClaimThatAnotherTookOver() {
		var id = accept(sample);
		var slow = claim();
		letLeasesRunOut();
		submit();

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> settlement.begin(slow));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void rejectsWhatWaitedUntilItsScheduleHadEnded() {
		var id = accept(sample.scheduleStart(1_700_000_000).scheduleEnd(1_700_003_600));

		submit();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.REJECTED);
			assertThat(workflow.status()).isEqualTo(Status.FAILED);
			assertThat(workflow.errorDescription()).isEqualTo("ScheduleEndTime has passed");
		});
		assertThat(attemptsAt(id)).isEmpty();
		assertThat(works()).isEmpty();
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void sendsWhatShouldHaveStartedAlreadyAndSaysSo() {
		var id = accept(sample.scheduleStart(1_700_000_000));

		submit();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(workflows.historyOf(id, 0, 10)).extracting(HistoryEntry::reason)
			.contains("Attempt 1 begins; ScheduleStartTime has passed");
	}

	@Test
	void asksForAReviewOfWhatFailsAgainAndAgain() {
		var id = accept(sample);
		spoilTheStoredRequest();

		submit();
		assertThat(workflows.require(id).phase()).as("after one failure").isEqualTo(Phase.ACCEPTED);
		failOnceMoreAndPark();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.NEEDS_REVIEW);
		assertThat(outbox.parked(10)).extracting(ParkedWork::subject).containsExactly(id.toString());
		assertThat(lastEntry(id).reason()).startsWith("Its work is parked: ");
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void sendsNothingByItselfWhenParkedWorkComesBack() {
		var id = accept(sample);
		spoilTheStoredRequest();
		failOnceMoreAndPark();
		jdbc.sql("update workflow set request = cast(:request as jsonb)").param("request", sample.json()).update();

		jdbc.sql("update outbox set parked_at = null, parked_reason = null, failures = 0").update();
		submit();

		assertThat(workflows.require(id).phase()).as("a person decides").isEqualTo(Phase.NEEDS_REVIEW);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void neverLocksItselfOutWhenItParksWhatIsBeingDeleted() throws Exception {
		var id = accept(sample);
		jdbc.sql("update outbox set failures = 10").update();

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var parking = transaction.execute(_ -> {
				workflows.lock(id);
				var waiting = threads.submit(this::submit);
				await("for the parking to wait").until(this::somebodyWaitsForALock);
				workflows.delete(sample.domainName(), id, "anna", false);
				return waiting;
			});
			parking.get();
		}

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.CANCELLED);
		assertThat(works()).isEmpty();
	}

	@Test
	void deletesWhatWasCreatedWhileItsDeletionWasAskedFor() {
		var id = accept(sample);
		var work = claim();
		settlement.begin(work);
		workflows.delete(sample.domainName(), id, "anna", false);

		settle(new AttemptAnswer(work, 1, CREATED));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);
		assertThat(works()).contains(WorkKinds.DELETION + " " + id);
	}

	@Test
	void cancelsWhatWasNotSentWhileItsDeletionWasAskedFor() {
		var id = accept(sample);
		var work = claim();
		settlement.begin(work);
		workflows.delete(sample.domainName(), id, "anna", false);

		settle(new AttemptAnswer(work, 1, new CreateOutcome.NotSent(CreateOutcome.NotSent.Cause.THROTTLED, "slow down",
				null, Duration.ofSeconds(3))));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.CANCELLED);
		assertThat(works()).isEmpty();
	}

	@Test
	void rejectsWhatWasRefusedWhileItsDeletionWasAskedFor() {
		var id = accept(sample);
		var work = claim();
		settlement.begin(work);
		workflows.delete(sample.domainName(), id, "anna", false);

		settle(new AttemptAnswer(work, 1,
				new CreateOutcome.Refused("BadRequestException", "no such role", "request-1")));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.REJECTED);
		assertThat(works()).isEmpty();
	}

	@Test
	void sendsNothingOnceItsDeletionCameBeforeIt() {
		var id = accept(sample);
		var work = claim();
		workflows.delete(sample.domainName(), id, "anna", false);

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> settlement.begin(work));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.CANCELLED);
	}

	@Test
	void waitsAsLongAsAwsAsks() {
		accept(sample);
		var work = claim();
		settlement.begin(work);

		settle(new AttemptAnswer(work, 1, new CreateOutcome.NotSent(CreateOutcome.NotSent.Cause.THROTTLED, "slow down",
				null, Duration.ofMinutes(7))));

		assertThat(
				jdbc.sql("select due_at - clock_timestamp() between interval '6 min' and interval '7 min' from outbox")
					.query(Boolean.class)
					.single())
			.isTrue();
	}

	@Test
	void takesTheNextTurnAtOnceWhenOneWasOverBeforeItCouldSend() {
		var id = accept(sample);
		for (var number = 1; number <= 12; number++) {
			var work = claim();
			settlement.begin(work);
			settle(new AttemptAnswer(work, number, new CreateOutcome.NotSent(CreateOutcome.NotSent.Cause.TURN_PASSED,
					"Its turn was over", null, null)));
		}

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
		assertThat(jdbc.sql("select failures from outbox").query(Integer.class).single()).isZero();
		assertThat(jdbc.sql("select due_at <= clock_timestamp() from outbox").query(Boolean.class).single()).isTrue();
	}

	@Test
	void createsEachWorkflowOnceHoweverManyWorkersThereAre() throws InterruptedException {
		var samples = IntStream.range(0, 40).mapToObj(_ -> SampleRequest.in(sample.domainName())).toList();
		samples.forEach(this::accept);

		try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
			Callable<Integer> worker = () -> {
				var works = outbox.claim(WorkKinds.SUBMISSION, 10);
				for (var work : works) {
					var begun = settlement.begin(work).orElseThrow();
					settle(new AttemptAnswer(work, begun.attempt(), created(begun)));
				}
				return works.size();
			};
			var done = workers.invokeAll(nCopies(6, worker));

			assertThat(done.stream().mapToInt(Future::resultNow).sum()).isEqualTo(40);
		}
		assertThat(jdbc.sql("select count(*) from workflow where phase = 'SUBMITTED'").query(Long.class).single())
			.isEqualTo(40);
		assertThat(jdbc.sql("select max(number) from submission_attempt").query(Integer.class).single()).isOne();
	}

	@Test
	void sendsNoRequestTwiceWhenTwoWorkersWorkOff() throws InterruptedException {
		var samples = IntStream.range(0, 30).mapToObj(_ -> SampleRequest.in(sample.domainName())).toList();
		samples.forEach(this::accept);

		try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
			Callable<Integer> worker = this::submit;
			var done = workers.invokeAll(List.of(worker, worker));

			assertThat(done.stream().mapToInt(Future::resultNow).sum()).isEqualTo(30);
		}
		assertThat(samples).allSatisfy(each -> assertThat(aws.calls().createCallsOf(each.flowName())).isOne());
		assertThat(aws.workflows()).extracting(SimulatedWorkflow::flowName).hasSize(30).doesNotHaveDuplicates();
	}

	@Test
	void countsOutcomes() {
		var before = meters.counter("submission.outcomes", "outcome", "created").count();
		accept(sample);

		submit();

		assertThat(meters.counter("submission.outcomes", "outcome", "created").count()).isEqualTo(before + 1);
	}

	private static CreateOutcome created(Submission submission) {
		return new CreateOutcome.Created(submission.workflow().id().toString(), "made", null);
	}

	private WorkflowId accept(SampleRequest request) {
		return workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
	}

	private int submit() {
		return workOff.workOff(WorkKinds.SUBMISSION);
	}

	private void settle(AttemptAnswer answer) {
		workOff.complete(answer.work(), answer, settlement);
	}

	private Work claim() {
		return outbox.claim(WorkKinds.SUBMISSION, 1).getFirst();
	}

	private void makeDue() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where leased_until is null").update();
	}

	private void letLeasesRunOut() {
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = clock_timestamp() - interval '1 s'")
			.update();
	}

	private void spoilTheStoredRequest() {
		jdbc.sql("update workflow set request = '{ \"DomainName\": [] }'").update();
	}

	private void failOnceMoreAndPark() {
		jdbc.sql("update outbox set failures = 9, due_at = clock_timestamp()").update();
		submit();
	}

	private List<Attempt> attemptsAt(WorkflowId id) {
		return transaction.execute(_ -> attempts.of(id));
	}

	private HistoryEntry lastEntry(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).getLast();
	}

	private List<Phase> phases(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).stream().map(HistoryEntry::toPhase).toList();
	}

	private boolean somebodyWaitsForALock() {
		return jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single() > 0;
	}

	private List<String> works() {
		return jdbc.sql("select kind || ' ' || subject from outbox").query(String.class).list();
	}

}
