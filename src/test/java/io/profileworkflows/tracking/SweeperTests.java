package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.Ends;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Faults;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.SimulatedWorkflow;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.RunningWorkflows;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Step;
import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@PostgresTest
@EmptyTables
class SweeperTests {

	/** By the SDK, before it gives up. */
	private static final int ATTEMPTS_OF_A_READ = 3;

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Sweeper sweeper;

	@Autowired
	Workflows workflows;

	@Autowired
	RunningWorkflows running;

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
	void followsAWorkflowUntilItIsComplete() {
		var id = submit(sample);
		pin(id, "NOT_STARTED");
		sweep();
		assertThat(workflows.require(id).status()).isEqualTo(Status.NOT_STARTED);

		pin(id, "IN_PROGRESS");
		sweep();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
		});

		pin(id, "COMPLETE");
		sweep();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
			assertThat(workflow.status()).isEqualTo(Status.COMPLETE);
		});
		assertThat(workflows.historyOf(id, 0, 100)).extracting(HistoryEntry::reason)
			.endsWith("Customer Profiles says IN_PROGRESS", "Customer Profiles says COMPLETE");
	}

	@Test
	void takesOverStepsAndMetrics() {
		var id = submit(sample);
		await().until(() -> remote(id).status().equals("COMPLETE"));

		sweep();

		var workflow = workflows.require(id);
		assertThat(workflow.metrics()).isEqualTo(new Progress.Metrics(2000, 2, 2));
		assertThat(workflow.remoteStartedAt()).isNotNull();
		assertThat(workflow.remoteUpdatedAt()).isEqualTo(remote(id).lastUpdatedAt());
		assertThat(workflows.stepsOf(id, 0, 10)).extracting(Step::flowName)
			.containsExactly(sample.flowName() + "-1", sample.flowName() + "-2");
		assertThat(workflows.stepsOf(id, 0, 10)).extracting(Step::status).containsOnly("COMPLETE");
	}

	@Test
	void tellsWhyAWorkflowFailedAtAws() {
		var id = submit(sample.flowName("fails-" + sample.flowName()));
		await().until(() -> remote(id).status().equals("FAILED"));

		sweep();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
			assertThat(workflow.status()).isEqualTo(Status.FAILED);
			assertThat(workflow.errorDescription()).isEqualTo("The connector refused the query");
		});
	}

	@Test
	void goesOnWhenAwsSaysWhatNobodyHereKnows() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		sweep();
		pin(id, "DREAMING");

		sweep();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
			assertThat(workflow.remoteStatus()).isEqualTo("DREAMING");
		});
		pin(id, "COMPLETE");
		sweep();
		assertThat(workflows.require(id).status()).isEqualTo(Status.COMPLETE);
	}

	@Test
	void endsWhatAwsNoLongerKnows() {
		var id = submit(sample);
		sweep();
		aws.reset();
		age(id);

		sweep();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
			assertThat(workflow.status()).isEqualTo(Status.CANCELLED);
			assertThat(workflow.errorDescription()).isEqualTo("Customer Profiles no longer knows this workflow");
		});
		assertThat(workflows.historyOf(id, 0, 100).getLast().reason())
			.isEqualTo("Customer Profiles no longer knows it");
	}

	@Test
	void doesNotMissANewWorkflowThatIsNotListedYet() {
		var id = submit(sample);
		aws.faults().lag(new Faults.Lag(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));

		sweep();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(calls(Operation.GET_WORKFLOW)).as("not even asked for").isZero();
	}

	@Test
	void asksForAWorkflowThatShouldBeListedByNow() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		aws.faults().lag(new Faults.Lag(Duration.ofHours(1), Duration.ZERO, Duration.ZERO));
		age(id);

		sweep();

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
		});
	}

	@Test
	void neverTakesAListedWorkflowForGone() {
		var id = submit(sample);
		aws.faults().lag(new Faults.Lag(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1)));

		sweep();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void turnsPagesUntilItHasSeenEachWorkflow() {
		var ids = submit(103);
		ids.forEach(id -> pin(id, "IN_PROGRESS"));

		sweep();

		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(2);
		assertThat(ids).allSatisfy(id -> assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS));
	}

	@Test
	void findsItsOwnBehindThoseOfOthers() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		IntStream.range(0, 205)
			.forEach(number -> aws.plant(ForeignWorkflow.of(sample.domainName(), "foreign-" + number)
				.withCreatedAt(remote(id).createdAt().plusMillis(1))));

		sweep();

		assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS);
		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(3);
		assertThat(calls(Operation.GET_WORKFLOW)).as("its own, and a few of others on each page").isEqualTo(1 + 3 * 5);
	}

	@Test
	void beginsTheListAgainWhenItsTokenExpires() {
		var ids = submit(103);
		ids.forEach(id -> pin(id, "IN_PROGRESS"));
		aws.faults().next(Operation.LIST_WORKFLOWS, Fault.delayBefore(Duration.ofMillis(1)), Fault.INVALID_TOKEN_400);

		sweep();

		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(4);
		assertThat(ids).allSatisfy(id -> assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS));
	}

	@Test
	void givesUpAListWhoseTokensAreNeverTaken() {
		var ids = submit(103);
		ids.forEach(this::age);
		for (int turn = 0; turn < 3; turn++) {
			aws.faults()
				.next(Operation.LIST_WORKFLOWS, Fault.delayBefore(Duration.ofMillis(1)), Fault.INVALID_TOKEN_400);
		}

		sweep();

		assertThat(calls(Operation.LIST_WORKFLOWS)).isEqualTo(6);
		assertThat(tracking()).isEqualTo("waits with 0 failures");
		assertThat(ids).as("nothing is concluded from half a list")
			.allSatisfy(id -> assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED));
	}

	@Test
	void takesAStatusFromTheListEvenWhereNothingMoreCanBeRead() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		aws.faults().always(Operation.GET_WORKFLOW, Fault.THROTTLE_429);

		sweep();
		assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS);
		assertThat(workflows.require(id).remoteUpdatedAt()).as("still to be read").isNull();

		aws.faults().clear();
		await("for the circuit to close").untilAsserted(() -> {
			sweep();
			assertThat(workflows.require(id).remoteUpdatedAt()).isNotNull();
		});
	}

	@Test
	void endsAWorkflowOnlyWithItsReason() {
		var id = submit(sample);
		aws.pin(workflows.require(id).remoteWorkflowId(), "FAILED", "The connector refused");
		aws.faults().always(Operation.GET_WORKFLOW, Fault.THROTTLE_429);

		sweep();
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);

		aws.faults().clear();
		await("for the circuit to close").until(() -> {
			sweep();
			return workflows.require(id).phase() == Phase.FINISHED;
		});
		assertThat(workflows.require(id).errorDescription()).isEqualTo("The connector refused");
	}

	@Test
	void takesNothingBackOnTheWordOfAListThatLags() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		sweep();

		transaction.executeWithoutResult(_ -> workflows.followStatus(id, "NOT_STARTED",
				remote(id).lastUpdatedAt().minusMillis(1), Cause.of("test", "a list that lags")));

		assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS);
	}

	@Test
	void doesNotListWhatEndedBetweenAnOldWorkflowAndTheRest() {
		var old = submit(sample);
		var ended = submit(101);
		var latest = submit(SampleRequest.in(sample.domainName()));
		ended.forEach(id -> jdbc.sql("""
				update workflow set phase = 'FINISHED', created_at = created_at - interval '1 day' where id = :id
				""").param("id", id.value()).update());
		jdbc.sql(
				"""
						update workflow set created_at = created_at - interval '2 days', submitted_at = submitted_at - interval '2 days'
						where id = :id
						""")
			.param("id", old.value())
			.update();

		assertThat(Window.over(running.in(sample.domainName()))).hasSize(2);
		assertThat(running.in(sample.domainName())).extracting(TrackedWorkflow::id, TrackedWorkflow::endedBefore)
			.containsExactly(tuple(old, 0L), tuple(latest, 101L));
	}

	@Test
	void looksCloserOnlyAtWhatChanged() {
		var ids = submit(3);
		ids.forEach(id -> pin(id, "IN_PROGRESS"));
		sweep();
		assertThat(calls(Operation.GET_WORKFLOW)).isEqualTo(3);

		sweep();
		assertThat(calls(Operation.GET_WORKFLOW)).as("nothing changed").isEqualTo(3);

		pin(ids.get(1), "COMPLETE");
		sweep();
		assertThat(calls(Operation.GET_WORKFLOW)).as("one changed").isEqualTo(4);
		assertThat(workflows.require(ids.get(1)).status()).isEqualTo(Status.COMPLETE);
	}

	@Test
	void triesASweepAgainThatWasThrottled() {
		var id = submit(sample);
		pin(id, "IN_PROGRESS");
		aws.faults().always(Operation.LIST_WORKFLOWS, Fault.THROTTLE_429);

		sweep();
		assertThat(workflows.require(id).remoteStatus()).isNull();
		assertThat(tracking()).isEqualTo("waits with 0 failures");

		aws.faults().clear();
		sweep();
		assertThat(workflows.require(id).status()).isEqualTo(Status.IN_PROGRESS);
	}

	@Test
	void concludesNothingFromASweepThatBrokeOff() {
		var id = submit(sample);
		sweep();
		age(id);
		aws.faults().always(Operation.LIST_WORKFLOWS, Fault.ACCESS_DENIED_403);

		sweep();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void takesNothingForGoneThatCannotBeRead() {
		var id = submit(sample);
		sweep();
		age(id);
		aws.faults().lag(new Faults.Lag(Duration.ofDays(1), Duration.ZERO, Duration.ZERO));
		aws.faults().next(Operation.GET_WORKFLOW, ATTEMPTS_OF_A_READ, Fault.ERROR_500_BEFORE);

		sweep();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void keepsItsWorkHoweverLongTheListIs() throws Exception {
		submit(103).forEach(id -> pin(id, "IN_PROGRESS"));
		aws.faults()
			.next(Operation.LIST_WORKFLOWS, Fault.delayBefore(Duration.ofMillis(500)),
					Fault.delayBefore(Duration.ofSeconds(2)));

		try (var other = Executors.newSingleThreadExecutor()) {
			var sweep = other.submit(this::sweep);
			await().until(() -> changeClaimed("leased_until = clock_timestamp() + interval '5 s'"));
			await().until(() -> changeClaimed("failures = failures", "clock_timestamp() + interval '30 s'"));
			sweep.get();
		}

		assertThat(tracking()).isEqualTo("waits with 0 failures");
	}

	@Test
	void concludesNothingOnceItsWorkIsSomebodyElses() throws Exception {
		var id = submit(sample);
		pin(id, "COMPLETE");
		aws.faults().next(Operation.LIST_WORKFLOWS, Fault.delayBefore(Duration.ofMillis(500)));

		try (var other = Executors.newSingleThreadExecutor()) {
			var sweep = other.submit(this::sweep);
			await().until(() -> changeClaimed("claim = nextval('outbox_claim')"));
			sweep.get();
		}

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(jdbc.sql("select failures from outbox where kind = 'tracking'").query(Integer.class).single())
			.isZero();
	}

	/** Changes the work if it is claimed. */
	private boolean changeClaimed(String change) {
		return changeClaimed(change, "clock_timestamp()");
	}

	private boolean changeClaimed(String change, String leasedBeyond) {
		return jdbc
			.sql("update outbox set %s where kind = 'tracking' and leased_until > %s".formatted(change, leasedBeyond))
			.update() == 1;
	}

	@Test
	void sweepsAgainWhileSomethingRuns() {
		submit(sample);

		sweep();

		assertThat(tracking()).isEqualTo("waits with 0 failures");
	}

	@Test
	void isDoneWhenNothingRunsAndBeginsAgainWithTheNextSubmission() {
		pin(submit(sample), "COMPLETE");
		sweep();
		assertThat(tracking()).isEqualTo("nothing");

		var next = submit(SampleRequest.in(sample.domainName()));
		assertThat(tracking()).isEqualTo("is due with 0 failures");

		pin(next, "IN_PROGRESS");
		sweep();
		assertThat(workflows.require(next).status()).isEqualTo(Status.IN_PROGRESS);
	}

	@Test
	void overlooksNoWorkflowThatIsSubmittedWhileItEnds() throws Exception {
		pin(submit(sample), "COMPLETE");
		var next = accept(SampleRequest.in(sample.domainName()));
		change(next, Workflow::submit);
		var work = outbox.claim(WorkKinds.TRACKING, 1).getFirst();
		var confirmed = new CountDownLatch(1);
		var commit = new CountDownLatch(1);

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var submission = threads.submit(() -> transaction.executeWithoutResult(_ -> {
				change(next, workflow -> workflow.confirm("0123456789abcdef0123456789abcdef", Provenance.CREATED,
						Instant.EPOCH));
				confirmed.countDown();
				await().until(() -> commit.await(0, TimeUnit.SECONDS));
			}));
			confirmed.await();
			var sweep = threads.submit(() -> workOff.run(sweeper, work));
			await("for the sweep to wait for the submission").until(this::somebodyWaitsForALock);
			commit.countDown();
			submission.get();
			sweep.get();
		}

		assertThat(tracking()).as("the next sweep").isIn("waits with 0 failures", "is due with 0 failures");
	}

	@Test
	void overlooksNoWorkflowThatIsSubmittedAfterItHasEnded() throws Exception {
		pin(submit(sample), "COMPLETE");
		var next = accept(SampleRequest.in(sample.domainName()));
		change(next, Workflow::submit);
		var work = outbox.claim(WorkKinds.TRACKING, 1).getFirst();

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var submission = transaction.execute(_ -> {
				Ends.finish(outbox, work);
				var waiting = threads.submit(() -> change(next, workflow -> workflow
					.confirm("0123456789abcdef0123456789abcdef", Provenance.CREATED, Instant.EPOCH)));
				await("for the submission to wait for the sweep").until(this::somebodyWaitsForALock);
				return waiting;
			});
			submission.get();
		}

		assertThat(tracking()).isEqualTo("is due with 0 failures");
	}

	@Test
	void leavesAloneWhatIsBeingDeleted() {
		var id = submit(sample);
		workflows.delete(sample.domainName(), id, "anna", false);
		pin(id, "COMPLETE");

		sweep();

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);
		assertThat(tracking()).isEqualTo("nothing");
	}

	private WorkflowId submit(SampleRequest request) {
		var id = accept(request);
		workOff.workOff(WorkKinds.SUBMISSION);
		return id;
	}

	/** So many more of the same domain. */
	private List<WorkflowId> submit(int number) {
		var ids = IntStream.range(0, number).mapToObj(_ -> accept(SampleRequest.in(sample.domainName()))).toList();
		workOff.workOff(WorkKinds.SUBMISSION);
		return ids;
	}

	private WorkflowId accept(SampleRequest request) {
		return workflows.accept(request.request(), List.of(), "anna", null).workflow().id();
	}

	private void change(WorkflowId id, Consumer<Workflow> transition) {
		workflows.change(id, Cause.of("test", "to see what happens"), transition);
	}

	private void sweep() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = 'tracking'").update();
		assertThat(workOff.workOff(WorkKinds.TRACKING)).isOne();
	}

	private void pin(WorkflowId id, String status) {
		aws.pin(workflows.require(id).remoteWorkflowId(), status, null);
	}

	/** So old that AWS must have listed it by now. */
	private void age(WorkflowId id) {
		jdbc.sql(
				"""
						update workflow set submitted_at = submitted_at - interval '1 hour', created_at = created_at - interval '1 hour'
						where id = :id
						""")
			.param("id", id.value())
			.update();
	}

	private SimulatedWorkflow remote(WorkflowId id) {
		var remoteId = workflows.require(id).remoteWorkflowId();
		return aws.workflows()
			.stream()
			.filter(remote -> remote.workflowId().equals(remoteId))
			.findFirst()
			.orElseThrow();
	}

	private int calls(Operation operation) {
		return aws.calls()
			.matching(call -> call.operation() == operation && sample.domainName().equals(call.domainName()))
			.size();
	}

	private String tracking() {
		return jdbc
			.sql("""
					select case when due_at <= clock_timestamp() then 'is due' else 'waits' end || ' with ' || failures || ' failures'
					from outbox where kind = 'tracking'
					""")
			.query(String.class)
			.optional()
			.orElse("nothing");
	}

	private boolean somebodyWaitsForALock() {
		return jdbc.sql("select count(*) from pg_locks where not granted").query(Long.class).single() > 0;
	}

}
