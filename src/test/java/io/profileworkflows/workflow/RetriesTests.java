package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
@EmptyTables
class RetriesTests {

	private static final Cause CAUSE = Cause.of("test", "to see what happens");

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	Retries retries;

	@Autowired
	RetryWorker worker;

	@Autowired
	Workflows workflows;

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
	void sendsTheSameRequestAgainAfterARefusal() {
		var rejected = rejected();

		var retry = retry(rejected);
		workOff.workOff(WorkKinds.SUBMISSION);

		var made = workflows.require(retry);
		assertThat(made.phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(made.retryOf()).isEqualTo(rejected);
		assertThat(workflows.requestOf(made)).isEqualTo(sample.request());
		assertThat(holder()).isEqualTo(retry);
		assertThat(reasons(rejected)).endsWith("Tried again as " + retry);
		assertThat(reasons(retry)).startsWith("Accepted as another try at " + rejected);
		assertThat(workflows.require(rejected).phase()).isEqualTo(Phase.REJECTED);
	}

	@Test
	void carriesOverWhoAskedAndTheTagsAsTheyAreNow() {
		var rejected = rejected();
		workflows.retag(rejected, "anna", tags -> tags.put("owner", "berta"));

		var retry = retries.retry(sample.domainName(), rejected, "an operator", false).workflow().id();

		assertThat(workflows.require(retry)).satisfies(made -> {
			assertThat(made.requestedBy()).isEqualTo("anna");
			assertThat(made.tags()).isEqualTo(Map.of("team", "crm", "cost-center", "4711", "owner", "berta"));
		});
		assertThat(workflows.historyOf(retry, 0, 10).getFirst().actor()).isEqualTo("an operator");
	}

	@Test
	void deletesWhatFailedAtAwsBeforeAnythingIsSent() {
		var failed = failed();

		var retry = retry(failed);

		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETING);
		workOff.workOff(WorkKinds.SUBMISSION);
		workOff.workOff(WorkKinds.RETRY);
		assertThat(creates()).as("while it is not deleted").isOne();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETED);
		lookAgain();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(creates()).isEqualTo(2);
		assertThat(phaseOf(retry)).isEqualTo(Phase.SUBMITTED);
		assertThat(aws.workflows()).singleElement()
			.satisfies(only -> assertThat(only.workflowId()).isEqualTo(workflows.require(retry).remoteWorkflowId()));
		assertThat(reasons(failed)).contains("Deletion asked for, to be tried again as " + retry);
		assertThat(reasons(retry)).containsSubsequence(
				"Accepted as another try at %s; waits until that is deleted".formatted(failed),
				"Workflow %s is deleted".formatted(failed), "Attempt 1 begins");
	}

	@Test
	void neverLetsTheFlowNameGoOnItsWay() {
		var failed = failed();
		var retry = retry(failed);
		var other = sample.objectType("Salesforce-Lead").request();

		for (Runnable step : List.<Runnable>of(() -> {
		}, () -> workOff.workOff(WorkKinds.DELETION), this::lookAgain, () -> workOff.workOff(WorkKinds.SUBMISSION))) {
			step.run();
			assertThatExceptionOfType(FlowNameTaken.class)
				.isThrownBy(() -> workflows.accept(other, List.of(), "berta", null))
				.satisfies(taken -> assertThat(taken.holder()).isEqualTo(retry));
		}
	}

	@Test
	void sendsNothingUntilAwsHasAnsweredTheDeletion() {
		var retry = retry(failed());
		aws.faults().always(Operation.DELETE_WORKFLOW, Fault.ERROR_500_BEFORE);

		workOff.workOff(WorkKinds.DELETION);
		lookAgain();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(creates()).isOne();

		aws.faults().clear();
		jdbc.sql("update outbox set due_at = clock_timestamp()").update();
		workOff.workOff(WorkKinds.DELETION);
		lookAgain();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(phaseOf(retry)).isEqualTo(Phase.SUBMITTED);
	}

	@Test
	void goesOnWhenTheProcessDiedBetweenTheDeletionAndItsCommit() {
		var retry = retry(failed());
		var failed = workflows.require(retry).waitsFor();
		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.ERROR_500_AFTER);
		workOff.workOff(WorkKinds.DELETION);
		outbox.claim(WorkKinds.RETRY, 1);
		jdbc.sql("update outbox set due_at = clock_timestamp()").update();

		workOff.workOff(WorkKinds.DELETION);
		workOff.workOff(WorkKinds.RETRY);
		workOff.workOff(WorkKinds.SUBMISSION);

		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETED);
		assertThat(phaseOf(retry)).isEqualTo(Phase.SUBMITTED);
		assertThat(creates()).isEqualTo(2);
	}

	@Test
	void changesNothingWhenItsClaimWasTakenOver() {
		var retry = retry(failed());
		workOff.workOff(WorkKinds.DELETION);
		var slow = outbox.claim(WorkKinds.RETRY, 1).getFirst();
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = clock_timestamp() - interval '1 s'")
			.update();
		outbox.claim(WorkKinds.RETRY, 1);

		workOff.run(worker, slow);

		assertThat(workflows.require(retry).waitsFor()).isNotNull();
		assertThat(workOf(retry)).containsExactly(WorkKinds.RETRY);
	}

	/**
	 * As it may be after a restore of the database, when all that is accepted is doubted.
	 */
	@Test
	void holdsBackWhatShouldBeSentThoughItStillWaits() {
		var retry = retry(failed());
		jdbc.sql("update outbox set kind = 'submission' where subject = :id").param("id", retry.toString()).update();

		workOff.workOff(WorkKinds.SUBMISSION);

		assertThat(creates()).isOne();
		assertThat(phaseOf(retry)).isEqualTo(Phase.ACCEPTED);
		assertThat(workOf(retry)).containsExactly(WorkKinds.RETRY);
	}

	@Test
	void isRejectedWhenAwsRefusesTheDeletion() {
		var failed = failed();
		var retry = retry(failed);
		jdbc.sql("update workflow set domain_name = 'not a domain' where id = :id")
			.param("id", failed.value())
			.update();

		workOff.workOff(WorkKinds.DELETION);
		lookAgain();

		assertThat(workflows.require(retry)).satisfies(rejected -> {
			assertThat(rejected.phase()).isEqualTo(Phase.REJECTED);
			assertThat(rejected.errorDescription()).contains("refused to delete workflow " + failed);
		});
		assertThat(phaseOf(failed)).isEqualTo(Phase.FINISHED);
		assertThat(holder()).as("what is at AWS carries the name").isEqualTo(failed);
		assertThat(workOf(retry)).isEmpty();
	}

	@Test
	void givesTheFlowNameBackWhenItIsDeletedWhileItWaits() {
		var failed = failed();
		var retry = retry(failed);

		workflows.delete(sample.domainName(), retry, "anna", false);

		assertThat(phaseOf(retry)).isEqualTo(Phase.CANCELLED);
		assertThat(holder()).as("it is not deleted at AWS yet").isEqualTo(failed);
		workOff.workOff(WorkKinds.DELETION);
		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETED);
		assertThat(reservations()).isEmpty();
	}

	@RepeatedTest(5)
	void neverStrandsTheFlowNameWhenBothEndAtOnce() throws Exception {
		var failed = failed();
		var retry = retry(failed);

		atOnce(List.of(() -> workOff.workOff(WorkKinds.DELETION), () -> {
			workflows.delete(sample.domainName(), retry, "anna", false);
			return null;
		}, () -> workOff.workOff(WorkKinds.RETRY)));

		workflows.delete(sample.domainName(), retry, "anna", false);
		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETED);
		assertThat(phaseOf(retry)).isEqualTo(Phase.CANCELLED);
		assertThat(reservations()).isEmpty();
		assertThat(creates()).isOne();
	}

	@Test
	void answersWithTheSameWorkflowWheneverItIsAskedAgain() {
		var failed = failed();
		var retry = retry(failed);

		assertThat(retries.retry(sample.domainName(), failed, "anna", false)).satisfies(again -> {
			assertThat(again.replayed()).isTrue();
			assertThat(again.workflow().id()).isEqualTo(retry);
		});
		workOff.workOff(WorkKinds.DELETION);
		lookAgain();
		workOff.workOff(WorkKinds.SUBMISSION);
		assertThat(retries.retry(sample.domainName(), failed, "anna", false).workflow().id())
			.as("when the failed one is deleted")
			.isEqualTo(retry);
	}

	@RepeatedTest(3)
	void makesOneWorkflowHoweverManyAskAtOnce() throws Exception {
		var failed = failed();

		var answers = atOnce(IntStream.range(0, 8).<Callable<?>>mapToObj(_ -> () -> retry(failed)).toList());

		assertThat(answers).hasSize(8).containsOnly(workflowsOf("retry_of is not null").getFirst());
		assertThat(workflowsOf("true")).hasSize(2);
	}

	@Test
	void triesARetryAgain() {
		var first = rejected();
		var second = retry(first);
		reject(second);

		var third = retry(second);

		assertThat(workflows.require(third).retryOf()).isEqualTo(second);
		assertThat(holder()).isEqualTo(third);
	}

	@Test
	void leavesTheFlowNameToWhomeverHasItByNow() {
		var rejected = rejected();
		var other = workflows.accept(sample.objectType("Salesforce-Lead").request(), List.of(), "berta", null)
			.workflow()
			.id();

		assertThatExceptionOfType(FlowNameTaken.class).isThrownBy(() -> retry(rejected))
			.satisfies(taken -> assertThat(taken.holder()).isEqualTo(other));
		assertThat(workflowsOf("retry_of is not null")).isEmpty();
	}

	@Test
	void refusesWhatTimeHasSpoiled() {
		var rejected = rejected();
		var spoiled = sample.scheduleStart(1_000_000).scheduleEnd(2_000_000).json();
		jdbc.sql("update workflow set request = cast(:request as jsonb)").param("request", spoiled).update();

		assertThatExceptionOfType(InvalidDocument.class).isThrownBy(() -> retry(rejected))
			.satisfies(invalid -> assertThat(invalid.violations()).extracting(Violation::pointer)
				.contains("/IntegrationConfig/AppflowIntegration/FlowDefinition/TriggerConfig/TriggerProperties"
						+ "/Scheduled/ScheduleEndTime"));
		assertThat(workflowsOf("retry_of is not null")).isEmpty();
		assertThat(reservations()).isEmpty();
	}

	@Test
	void deletesWhatWasAdoptedOnlyWhenThatIsConfirmed() {
		var failed = failed();
		jdbc.sql("update workflow set provenance = 'ADOPTED'").update();

		assertThatExceptionOfType(AdoptionUnconfirmed.class).isThrownBy(() -> retry(failed));
		assertThat(phaseOf(failed)).isEqualTo(Phase.FINISHED);
		assertThat(holder()).isEqualTo(failed);

		retries.retry(sample.domainName(), failed, "an operator", true);
		assertThat(phaseOf(failed)).isEqualTo(Phase.DELETING);
	}

	@ParameterizedTest
	@EnumSource(names = { "ACCEPTED", "SUBMITTING", "UNCONFIRMED", "NEEDS_REVIEW", "SUBMITTED", "FINISHED", "CANCELLED",
			"DELETING", "DELETED" })
	void refusesWhatHasNotFailed(Phase phase) {
		var id = accepted();
		bring(id, phase);

		assertThatExceptionOfType(ActionImpossible.class).isThrownBy(() -> retry(id))
			.withMessageStartingWith("Workflow %s is %s ".formatted(id, phase));
		assertThat(workflowsOf("retry_of is not null")).isEmpty();
	}

	@Test
	void knowsNothingUnderTheNameOfAnotherDomain() {
		var rejected = rejected();

		assertThatExceptionOfType(WorkflowNotFound.class)
			.isThrownBy(() -> retries.retry("elsewhere", rejected, "anna", false));
	}

	private WorkflowId accepted() {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	private WorkflowId rejected() {
		var id = accepted();
		reject(id);
		return id;
	}

	private void reject(WorkflowId id) {
		transaction.executeWithoutResult(_ -> {
			outbox.cancel(id.toString());
			workflows.change(id, CAUSE, Workflow::submit);
			workflows.change(id, CAUSE, workflow -> workflow.reject("refused"));
		});
	}

	private WorkflowId failed() {
		var id = accepted();
		workOff.workOff(WorkKinds.SUBMISSION);
		aws.pin(workflows.require(id).remoteWorkflowId(), "FAILED", "The source cannot be read");
		workOff.workOff(WorkKinds.TRACKING);
		assertThat(phaseOf(id)).isEqualTo(Phase.FINISHED);
		return id;
	}

	private WorkflowId retry(WorkflowId id) {
		return retries.retry(sample.domainName(), id, "anna", false).workflow().id();
	}

	/** The work of a retry, put off before. */
	private void lookAgain() {
		jdbc.sql("update outbox set due_at = clock_timestamp() where kind = 'retry'").update();
		workOff.workOff(WorkKinds.RETRY);
	}

	private void bring(WorkflowId id, Phase phase) {
		transaction.executeWithoutResult(_ -> {
			if (phase == Phase.CANCELLED) {
				workflows.delete(sample.domainName(), id, "anna", false);
				return;
			}
			if (phase == Phase.ACCEPTED) {
				return;
			}
			outbox.cancel(id.toString());
			workflows.change(id, CAUSE, Workflow::submit);
			if (phase == Phase.UNCONFIRMED || phase == Phase.NEEDS_REVIEW) {
				workflows.change(id, CAUSE, Workflow::loseSight);
			}
			if (phase == Phase.NEEDS_REVIEW) {
				workflows.change(id, CAUSE, Workflow::review);
			}
			if (List.of(Phase.SUBMITTED, Phase.FINISHED, Phase.DELETING, Phase.DELETED).contains(phase)) {
				workflows.change(id, CAUSE,
						workflow -> workflow.confirm(id.toString(), Provenance.CREATED, Instant.EPOCH));
			}
			if (phase == Phase.FINISHED) {
				workflows.change(id, CAUSE, Workflow::vanish);
			}
			if (phase == Phase.DELETING || phase == Phase.DELETED) {
				workflows.change(id, CAUSE, Workflow::startDeletion);
			}
			if (phase == Phase.DELETED) {
				workflows.change(id, CAUSE, Workflow::deleted);
			}
		});
	}

	private static List<Object> atOnce(List<Callable<?>> calls) throws Exception {
		var barrier = new CyclicBarrier(calls.size());
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var running = calls.stream().map(call -> threads.submit(() -> {
				barrier.await();
				return (Object) call.call();
			})).toList();
			var answers = new ArrayList<Object>();
			for (var answer : running) {
				answers.add(answer.get());
			}
			return answers;
		}
	}

	private Phase phaseOf(WorkflowId id) {
		return workflows.require(id).phase();
	}

	private long creates() {
		return aws.calls().of(Operation.CREATE_INTEGRATION_WORKFLOW).size();
	}

	private WorkflowId holder() {
		assertThat(reservations()).hasSize(1);
		return reservations().getFirst();
	}

	private List<WorkflowId> reservations() {
		return jdbc.sql("select workflow_id from flow_name_reservation")
			.query(UUID.class)
			.list()
			.stream()
			.map(WorkflowId::new)
			.toList();
	}

	private List<WorkflowId> workflowsOf(String condition) {
		return jdbc.sql("select id from workflow where " + condition)
			.query(UUID.class)
			.list()
			.stream()
			.map(WorkflowId::new)
			.toList();
	}

	private List<String> workOf(WorkflowId id) {
		return jdbc.sql("select kind from outbox where subject = :id")
			.param("id", id.toString())
			.query(String.class)
			.list();
	}

	private List<String> reasons(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).stream().map(HistoryEntry::reason).toList();
	}

}
