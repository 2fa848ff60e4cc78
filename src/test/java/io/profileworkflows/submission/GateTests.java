package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CreatePermits;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.outbox.ClaimLost;
import io.profileworkflows.outbox.ClaimedTask;
import io.profileworkflows.outbox.Claims;
import io.profileworkflows.outbox.Lanes;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.submission.Attempt.Outcome;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What may be sent at all, and in whose turn: what {@link SubmissionWorker} claims.
 */
@PostgresTest
@EmptyTables
@Import(Scene.class)
class GateTests {

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	SubmissionWorker worker;

	@Autowired
	Gate gate;

	@Autowired
	SubmissionSettings settings;

	@Autowired
	CustomerProfiles customerProfiles;

	@Autowired
	CreatePermits permits;

	@Autowired
	MeterRegistry meters;

	@Autowired
	Pauses pauses;

	@Autowired
	Scene scene;

	@Autowired
	Settlement settlement;

	@Autowired
	Workflows workflows;

	@Autowired
	Outbox outbox;

	@Autowired
	WorkOff workOff;

	@Autowired
	Lanes lanes;

	@Autowired
	JdbcTemplate statements;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@BeforeEach
	@AfterEach
	void begin() throws InterruptedException {
		aws.reset();
		closeTheCircuit();
	}

	@Test
	void sendsWhatIsClaimed() throws InterruptedException {
		var id = scene.accept(sample);

		workOff.run(worker, claimed());

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
		assertThat(claims().tasks()).isEmpty();
	}

	@Test
	void writesAttemptsDownTogetherWithTheClaims() throws InterruptedException {
		var id = scene.accept(sample);

		var work = claimed();

		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTING);
		assertThat(scene.attemptsAt(id)).singleElement().extracting(Attempt::outcome).isNull();
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
		workOff.run(worker, work);
		assertThat(scene.attemptsAt(id)).singleElement().extracting(Attempt::outcome).isEqualTo(Outcome.CREATED);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isOne();
	}

	@Test
	void waitsForNobodyWhoHoldsAWorkflowThatIsClaimed() throws InterruptedException {
		var held = scene.accept(sample);
		var other = scene.accept(SampleRequest.unique());

		var works = transaction.execute(_ -> {
			workflows.lock(held);
			return CompletableFuture.supplyAsync(() -> claims().tasks()).orTimeout(20, TimeUnit.SECONDS).join();
		});

		assertThat(works).extracting(task -> task.work().subject())
			.containsExactlyInAnyOrder(held.toString(), other.toString());
		assertThat(scene.phase(held)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.phase(other)).isEqualTo(Phase.SUBMITTING);
		for (var work : works) {
			workOff.run(worker, work);
		}
		assertThat(scene.phase(held)).isEqualTo(Phase.SUBMITTED);
		assertThat(scene.phase(other)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void claimsEvenWhereOneOfThemCannotBegin() throws InterruptedException {
		var spoilt = scene.accept(sample);
		spoilTheStoredRequests();
		var sound = scene.accept(SampleRequest.unique());

		var works = claims().tasks();

		assertThat(works).extracting(task -> task.work().subject())
			.containsExactlyInAnyOrder(spoilt.toString(), sound.toString());
		assertThat(scene.attemptsAt(spoilt)).isEmpty();
		assertThat(scene.attemptsAt(sound)).isEmpty();
		for (var work : works) {
			if (work.work().subject().equals(sound.toString())) {
				workOff.run(worker, work);
			}
			else {
				assertThatException().isThrownBy(() -> workOff.run(worker, work));
			}
		}
		assertThat(scene.phase(spoilt)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.phase(sound)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void claimsAloneAtFirst() throws InterruptedException {
		var id = scene.accept(sample);
		var cautious = cautiousWorker();

		var work = cautious.claim(outbox, 1).tasks().getFirst();

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.attemptsAt(id)).isEmpty();
		workOff.run(cautious, work);
		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void sendsNothingAgainThatIsClaimedWithoutAFailure() throws InterruptedException {
		var id = scene.accept(sample);
		scene.begin(id);
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = null").update();

		var work = claimed();

		assertThat(work.work().failures()).isZero();
		workOff.run(worker, work);
		assertThat(scene.phase(id)).isEqualTo(Phase.UNCONFIRMED);
		assertThat(scene.attemptsAt(id)).hasSize(1);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void leavesWhatIsNotToBeSentToItsOwnBegin() throws InterruptedException {
		var id = scene.accept(sample);
		jdbc.sql("update workflow set waits_for = id").update();

		var work = claimed();

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		assertThat(scene.attemptsAt(id)).isEmpty();
		workOff.run(worker, work);
		assertThat(jdbc.sql("select kind from outbox where subject = :id")
			.param("id", id.toString())
			.query(String.class)
			.single()).isEqualTo(WorkKinds.RETRY);
		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();
	}

	@Test
	void leavesWhatFailedBeforeToItsOwnBegin() throws InterruptedException {
		var id = scene.accept(sample);
		haveFailedBefore();

		var work = claimed();

		assertThat(scene.phase(id)).isEqualTo(Phase.ACCEPTED);
		workOff.run(worker, work);
		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void looksAgainWhenThereMayBeLeave() {
		scene.accept(sample);
		jdbc.sql("update upstream_budget set next_free_at = clock_timestamp() + interval '2200 ms'").update();

		var claims = claims();

		assertThat(claims.tasks()).isEmpty();
		assertThat(claims.nextLook()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
	}

	@Test
	void sendsForDomainsInTurn() {
		var busy = IntStream.range(0, 30).mapToObj(_ -> scene.accept(SampleRequest.in("busy"))).toList();
		IntStream.range(0, 5).forEach(_ -> claimed());

		var late = scene.accept(SampleRequest.in("calm"));

		assertThat(Stream.of(claimed(), claimed(), claimed())).extracting(task -> task.work().subject())
			.contains(late.toString())
			.doesNotContain(busy.getFirst().toString());
	}

	@Test
	void looksAgainAtOnceWhereADomainHasMoreThanItsPart() {
		IntStream.range(0, 9).forEach(_ -> scene.accept(SampleRequest.in("busy")));
		scene.accept(SampleRequest.in("calm"));

		var claims = claims();

		assertThat(claims.tasks()).hasSizeBetween(2, 9);
		assertThat(claims.nextLook()).isZero();
	}

	@Test
	void stopsWhenTooMuchIsUnresolvedAndGoesOnAfterwards() {
		var uncertain = IntStream.range(0, 50)
			.mapToObj(_ -> scene.unconfirmed(SampleRequest.in(sample.domainName())))
			.toList();
		scene.accept(sample);
		assertThat(claims().tasks()).isEmpty();

		settleAsCreated(uncertain.getFirst());

		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void countsEachAttemptThatIsUnresolved() {
		scene.unconfirmed(SampleRequest.in(sample.domainName()));
		scene.accept(sample);
		addUnresolvedAttempts(48);
		assertThat(gate.state().isShut()).isFalse();

		addUnresolvedAttempts(1);

		assertThat(gate.state().isShut()).isTrue();
	}

	private void addUnresolvedAttempts(int number) {
		jdbc.sql("""
				insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
				  connector_type, role_arn)
				select workflow_id, (select max(number) from submission_attempt) + n, started_at, deadline, domain_name,
				  flow_name, connector_type, role_arn
				from submission_attempt, generate_series(1, :number) as n where number = 1
				""").param("number", number).update();
	}

	@Test
	void doesNotCountWhatIsMerelyOnItsWay() {
		IntStream.range(0, 60).forEach(_ -> scene.begin(scene.accept(SampleRequest.in(sample.domainName()))));
		assertThat(gate.state().isShut()).isFalse();

		scene.letLeasesRunOut();
		scene.submit();

		assertThat(gate.state().tooMuchUnresolved()).as("once others have taken over").isTrue();
	}

	@Test
	void doesNotCountWhatWasProvedAbsent() {
		IntStream.range(0, 50).forEach(_ -> scene.unconfirmed(SampleRequest.in(sample.domainName())));
		assertThat(gate.state().isShut()).isTrue();

		jdbc.sql("update submission_attempt set absent_at = clock_timestamp()").update();

		assertThat(gate.state().isShut()).isFalse();
	}

	@Test
	void sendsNothingToADomainThatIsPaused() {
		var paused = scene.accept(sample);
		pauses.pause(sample.domainName(), "olga", "to see what happens");
		var other = scene.accept(SampleRequest.unique());

		assertThat(claimed().work().subject()).isEqualTo(other.toString());
		assertThat(claims().tasks()).isEmpty();

		assertThat(pauses.resume(sample.domainName(), "olga", "to see what happens")).isTrue();
		assertThat(claimed().work().subject()).isEqualTo(paused.toString());
	}

	@Test
	void sendsNothingAtAllWhileEverythingIsPaused() {
		scene.accept(sample);
		pauses.pause(Pauses.EVERYWHERE, "olga", "to see what happens");

		assertThat(claims()).isEqualTo(Claims.none());

		assertThat(pauses.resume(Pauses.EVERYWHERE, "olga", "to see what happens")).isTrue();
		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void keepsADomainPausedWhenEverythingElseGoesOn() {
		scene.accept(sample);
		pauses.pause(sample.domainName(), "olga", "to see what happens");
		pauses.pause(Pauses.EVERYWHERE, "olga", "to see what happens");

		pauses.resume(Pauses.EVERYWHERE, "olga", "to see what happens");

		assertThat(claims().tasks()).isEmpty();
		assertThat(pauses.resume(Pauses.EVERYWHERE, "olga", "to see what happens")).as("a second time").isFalse();
	}

	@Test
	void remembersWhoPausedWhatAndWhy() {
		pauses.pause(sample.domainName(), "olga", "to see what happens");
		pauses.pause(sample.domainName(), "otto", "me, too");
		pauses.resume(sample.domainName(), "olga", "to see what happens");

		assertThat(
				jdbc.sql("select concat_ws(' ', actor, action, domain_name, reason) from operator_action order by id")
					.query(String.class)
					.list())
			.containsExactly("olga pause %s to see what happens".formatted(sample.domainName()),
					"otto pause %s me, too".formatted(sample.domainName()),
					"olga resume %s to see what happens".formatted(sample.domainName()));
	}

	@Test
	void sendsNothingUntilARecoveryHasEnded() {
		var uncertain = scene.unconfirmed(sample);
		scene.accept(SampleRequest.unique());
		jdbc.sql("insert into submission_recovery (since) values (now())").update();
		assertThat(claims().tasks()).as("while something is uncertain").isEmpty();

		settleAsCreated(uncertain);

		assertThat(claims()).isEqualTo(Claims.noneFor(Duration.ZERO));
		assertThat(claims().tasks()).hasSize(1);
		assertThat(gate.endRecovery()).as("it has ended").isFalse();
	}

	@Test
	void stopsAtOnceWhenOurOwnCredentialsFailAndRejectsNothing() throws InterruptedException {
		var id = scene.accept(sample);
		var other = scene.accept(SampleRequest.unique());
		aws.faults().always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.EXPIRED_TOKEN_403);

		workOff.run(worker, claimed());

		assertThat(claims().tasks()).isEmpty();
		assertThat(List.of(scene.phase(id), scene.phase(other))).containsOnly(Phase.ACCEPTED);
		assertThat(aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW)).hasSize(1);
	}

	@Test
	void givesItsLeaveBackWhenNothingIsThereToBeSent() throws InterruptedException {
		letOneThrough();

		assertThat(claims().tasks()).isEmpty();
		assertThat(claims().tasks()).isEmpty();

		scene.accept(sample);
		assertThat(claims().tasks()).hasSize(1);
		assertThat(claims().tasks()).as("only one is let through").isEmpty();
	}

	@Test
	void givesItsLeaveBackWhenWhatItClaimedIsNotToBeSentAnyMore() throws InterruptedException {
		letOneThrough();
		var id = scene.accept(sample);
		haveFailedBefore();
		var work = claimed();
		workflows.delete(sample.domainName(), id, "anna", false);

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> workOff.run(worker, work));

		assertThat(aws.calls().createCallsOf(sample.flowName())).isZero();

		scene.accept(SampleRequest.unique());
		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void givesItsLeaveBackWhenWhatItClaimedFails() throws InterruptedException {
		letOneThrough();
		scene.accept(sample);
		spoilTheStoredRequests();
		var work = claimed();

		assertThatException().isThrownBy(() -> workOff.run(worker, work));

		scene.accept(SampleRequest.unique());
		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void givesItsLeaveBackWhenWhatItClaimedIsParked() throws InterruptedException {
		letOneThrough();
		scene.accept(sample);
		var work = claimed();

		jdbc.sql("update outbox set failures = 10").update();
		workOff.runQuietly(worker, parked(work));

		scene.accept(SampleRequest.unique());
		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void givesItsLeaveBackWhenItCannotClaim() throws InterruptedException {
		letOneThrough();
		scene.accept(sample);
		jdbc.sql("alter table outbox_turn rename to elsewhere").update();
		try {
			assertThatException().isThrownBy(this::claims);
		}
		finally {
			jdbc.sql("alter table elsewhere rename to outbox_turn").update();
		}

		assertThat(claims().tasks()).hasSize(1);
	}

	@Test
	void givesItsLeaveBackWhenAwsThrottles() throws InterruptedException {
		letOneThrough();
		scene.accept(sample);
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429);

		workOff.run(worker, claimed());

		scene.accept(SampleRequest.unique());
		await().until(() -> !claims().tasks().isEmpty());
	}

	/**
	 * From now on the circuit lets one through, and no other until it is known how that
	 * went.
	 */
	private void letOneThrough() throws InterruptedException {
		scene.accept(SampleRequest.unique());
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.EXPIRED_TOKEN_403);
		workOff.run(worker, claimed());
		assertThat(claims().tasks()).isEmpty();
		jdbc.sql("delete from outbox").update();
		await().until(() -> claims().equals(Claims.none()));
	}

	private void closeTheCircuit() throws InterruptedException {
		await().until(() -> {
			jdbc.sql("truncate outbox, submission_attempt, submission_pause").update();
			scene.accept(SampleRequest.unique());
			var claims = claims().tasks();
			if (!claims.isEmpty()) {
				workOff.run(worker, claims.getFirst());
			}
			return !claims.isEmpty();
		});
		jdbc.sql("truncate workflow cascade").update();
		jdbc.sql("truncate outbox, submission_attempt, flow_name_reservation, outbox_turn").update();
		aws.reset();
	}

	private void settleAsCreated(WorkflowId id) {
		var attempt = scene.attemptsAt(id).getFirst();
		var lost = new Work(WorkKinds.SUBMISSION, id.toString(), "", 0, 0, attempt.startedAt(), attempt.startedAt(),
				attempt.startedAt(), Origin.NONE);
		scene.settle(new AttemptAnswer(lost, 1, new CreateOutcome.Created(id.toString(), "made", null)));
		scene.reconcile();
		assertThat(scene.phase(id)).isEqualTo(Phase.SUBMITTED);
	}

	/** As if it had failed too often. */
	private static ClaimedTask parked(ClaimedTask task) {
		var work = task.work();
		var failed = new Work(work.kind(), work.subject(), work.domain(), work.claim(), 10, work.dueAt(),
				work.claimedAt(), work.leasedUntil(), work.origin());
		return new ClaimedTask() {

			@Override
			public Work work() {
				return failed;
			}

			@Override
			public Result run() throws Exception {
				return task.run();
			}

			@Override
			public void drop() {
				task.drop();
			}

		};
	}

	/** As it is after its start. */
	private SubmissionWorker cautiousWorker() {
		var cautious = new SubmissionSettings(settings.slots(), Duration.ofMinutes(1), settings.firstRetryAfter(),
				settings.maxRetryAfter(), settings.settleTime(), settings.clockSkew(), settings.secondLookAfter(),
				settings.reconcileLimit(), settings.maxUnresolved(), null);
		return new SubmissionWorker(settlement, workflows, customerProfiles, permits, gate, transaction, statements,
				outbox, lanes, cautious, meters);
	}

	private void haveFailedBefore() {
		jdbc.sql("update outbox set failures = 1").update();
	}

	private void spoilTheStoredRequests() {
		jdbc.sql("update workflow set request = '{ \"DomainName\": [] }'").update();
	}

	private Claims claims() {
		return worker.claim(outbox, 10);
	}

	private ClaimedTask claimed() {
		return worker.claim(outbox, 1).tasks().getFirst();
	}

}
