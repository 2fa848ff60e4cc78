package io.profileworkflows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Times in which AWS is of no use, thirty times as fast as in truth: what would take ten
 * minutes takes twenty seconds, and all settings are scaled alike.
 */
@Tag("sql")
class StormTests {

	private static final int REQUESTS = 500;

	private static final int DOMAINS = 5;

	private static final String[] THIRTY_TIMES_AS_FAST = { "profile-workflows.upstream.call-timeout=1s",
			"profile-workflows.upstream.requests-per-second=150", "profile-workflows.upstream.circuit-open-for=333ms",
			"profile-workflows.outbox.lease=15s", "profile-workflows.outbox.poll-interval=100ms",
			"profile-workflows.submission.first-retry-after=100ms", "profile-workflows.submission.max-retry-after=2s",
			"profile-workflows.submission.settle-time=12s", "profile-workflows.submission.clock-skew=10s",
			"profile-workflows.submission.second-look-after=1s", "profile-workflows.submission.reconcile-limit=2m",
			"profile-workflows.tracking.sweep-interval=1h", "profile-workflows.tracking.idle-sweep-interval=2h",
			"profile-workflows.tracking.list-lag=2s" };

	private static Simulator aws;

	private static Replicas replicas;

	@BeforeAll
	static void start() {
		aws = Simulator.start(SimulatorSettings.defaults()
			.withDurations(Duration.ofHours(1), Duration.ofHours(1))
			.withSteps(false, true));
		replicas = Replicas.start(1, aws, Postgres.create("storm"), THIRTY_TIMES_AS_FAST);
	}

	@AfterAll
	static void stop() {
		replicas.close();
		aws.close();
	}

	@Test
	void survivesAStorm() {
		aws.reset();
		var samples = IntStream.range(0, REQUESTS)
			.mapToObj(number -> SampleRequest.in("storm-%d".formatted(number % DOMAINS)))
			.toList();
		var ids = samples.stream().map(replicas::accept).toList();
		aws.faults()
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_BEFORE, 0.5)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_AFTER, 0.5);
		List.of(Operation.LIST_WORKFLOWS, Operation.GET_WORKFLOW, Operation.GET_WORKFLOW_STEPS)
			.forEach(read -> aws.faults().always(read, Fault.ERROR_500_BEFORE));

		replicas.resume();
		await("for ten minutes, simulated").pollDelay(Duration.ofSeconds(20))
			.atMost(Duration.ofSeconds(30))
			.until(() -> true);
		replicas.pause();
		await("for what is under way").until(() -> replicas.count(Phase.SUBMITTING, "storm") == 0);
		var unresolved = (int) replicas.count(Phase.UNCONFIRMED, "storm");
		var duringStorm = reads();
		aws.faults().clear();
		await("for all to be found or proved absent").atMost(Duration.ofSeconds(60))
			.until(() -> replicas.count(Phase.UNCONFIRMED, "storm") == 0);
		var afterStorm = reads() - duringStorm;
		replicas.resume();
		await("for all to be sent").atMost(Duration.ofSeconds(60))
			.until(() -> replicas.count(Phase.SUBMITTED, "storm") == REQUESTS);

		assertThat(unresolved).as("nothing more was sent once so many were uncertain").isBetween(10, 60);
		assertThat(duringStorm).as("reads that could not succeed").isLessThan(20 * unresolved);
		assertThat(afterStorm).as("reads to resolve them").isLessThan(10 * unresolved);
		assertThat(samples).allSatisfy(sample -> assertThat(aws.calls().createsOf(sample.flowName())).isOne());
		assertThat(aws.duplicates()).isZero();
		assertThat(ids).allSatisfy(id -> assertThat(phase(id)).isEqualTo(Phase.SUBMITTED));
		replicas.pause();
	}

	@Test
	void rejectsNothingWhileOurOwnCredentialsFail() {
		aws.reset();
		var ids = IntStream.range(0, 40)
			.mapToObj(number -> replicas.accept(SampleRequest.in("mend-" + number % 3)))
			.toList();
		aws.faults().always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.EXPIRED_TOKEN_403);

		replicas.resume();
		await().pollDelay(Duration.ofSeconds(5)).until(() -> true);

		var calls = aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW).size();
		assertThat(calls).as("one at a time, to see").isBetween(2, 25);
		assertThat(ids).allSatisfy(id -> assertThat(phase(id)).isIn(Phase.ACCEPTED, Phase.SUBMITTING));
		aws.faults().clear();
		await("for all to be sent once it is mended").atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(ids).allSatisfy(id -> assertThat(phase(id)).isEqualTo(Phase.SUBMITTED)));
		replicas.pause();
	}

	private static int reads() {
		return aws.calls()
			.matching(call -> call.operation() == Operation.LIST_WORKFLOWS || call.operation() == Operation.GET_WORKFLOW
					|| call.operation() == Operation.GET_WORKFLOW_STEPS)
			.size();
	}

	private static Phase phase(WorkflowId id) {
		return replicas.workflows().require(id).phase();
	}

}
