package io.profileworkflows.deletion;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.ClaimLost;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Faults.Lag;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
@EmptyTables
class DeletionWorkerTests {

	private static final Duration LONGER_THAN_THIS_TEST = Duration.ofHours(1);

	private final Simulator aws = SimulatedAws.simulator();

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	DeletionWorker worker;

	@Autowired
	Workflows workflows;

	@Autowired
	Outbox outbox;

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
	void deletesAtAws() {
		var id = submitted();
		delete(id);

		workOff.workOff(WorkKinds.DELETION);

		assertThat(aws.workflows()).isEmpty();
		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.DELETED);
			assertThat(workflow.status()).isEqualTo(Status.CANCELLED);
		});
		assertThat(lastEntry(id)).satisfies(entry -> {
			assertThat(entry.reason()).isEqualTo("Deleted at Customer Profiles");
			assertThat(entry.requestId()).isEqualTo(aws.calls().of(Operation.DELETE_WORKFLOW).getFirst().requestId());
		});
		assertThat(works()).doesNotContain(WorkKinds.DELETION);
	}

	@Test
	void setsTheFlowNameFreeOnlyOnceAwsDeletedIt() {
		var id = submitted();
		delete(id);
		assertThat(reservations()).isOne();

		workOff.workOff(WorkKinds.DELETION);

		assertThat(reservations()).isZero();
	}

	@Test
	void isContentWhenAwsDoesNotKnowIt() {
		var id = submitted();
		delete(id);
		aws.reset();

		workOff.workOff(WorkKinds.DELETION);

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
		assertThat(lastEntry(id).reason()).isEqualTo("Customer Profiles does not know it any more");
	}

	@Test
	void isContentWhenTheAnswerToItsDeletionWasLost() {
		aws.faults().lag(Lag.NONE.withDelete(LONGER_THAN_THIS_TEST));
		var id = submitted();
		delete(id);
		aws.faults().next(Operation.DELETE_WORKFLOW, Fault.ERROR_500_AFTER);

		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);

		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).as("a refusal now does not mean that it stays")
			.isEqualTo(Phase.DELETING);

		aws.reset();
		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
	}

	@Test
	void leavesARunningWorkflowRunningWhenAwsRefuses() {
		var id = submitted();
		delete(id);
		letAwsRefuse(id);
		jdbc.sql("delete from outbox where kind = 'tracking'").update();

		workOff.workOff(WorkKinds.DELETION);

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.SUBMITTED);
			assertThat(workflow.isDeletionRequested()).isFalse();
		});
		assertThat(lastEntry(id).reason())
			.startsWith("Customer Profiles refused to delete it: BadRequestException: 1 validation error");
		assertThat(works()).as("followed again, not deleted again").containsExactly(WorkKinds.TRACKING);
	}

	@Test
	void leavesAFinishedWorkflowFinishedWhenAwsRefuses() {
		var id = submitted();
		aws.pin(workflows.require(id).remoteWorkflowId(), "COMPLETE", null);
		workOff.workOff(WorkKinds.TRACKING);
		delete(id);
		letAwsRefuse(id);

		workOff.workOff(WorkKinds.DELETION);

		assertThat(workflows.require(id)).satisfies(workflow -> {
			assertThat(workflow.phase()).isEqualTo(Phase.FINISHED);
			assertThat(workflow.status()).isEqualTo(Status.COMPLETE);
		});
		assertThat(works()).isEmpty();
	}

	@Test
	void isNotOverBeforeAwsShowsItNoLonger() {
		aws.faults().lag(Lag.NONE.withDelete(LONGER_THAN_THIS_TEST));
		var id = submitted();
		delete(id);

		workOff.workOff(WorkKinds.DELETION);

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);
		assertThat(reservations()).as("its flow may still hold the name").isOne();

		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).as("AWS refuses to delete what it deletes").isEqualTo(Phase.DELETING);

		aws.reset();
		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
		assertThat(lastEntry(id).reason()).isEqualTo("Deleted at Customer Profiles");
		assertThat(reservations()).isZero();
	}

	@Test
	void isNotTakenForDeletedWhileAwsSaysNothing() {
		var id = submitted();
		delete(id);
		aws.faults().always(Operation.GET_WORKFLOW, Fault.ERROR_500_BEFORE);

		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);

		aws.faults().clear();
		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
	}

	@Test
	void believesItsRefusalOnlyOnceTheFirstOneMustBeOver() {
		aws.faults().lag(Lag.NONE.withDelete(LONGER_THAN_THIS_TEST));
		var id = submitted();
		delete(id);
		workOff.workOff(WorkKinds.DELETION);
		sentBefore(id, Duration.ofMinutes(9));

		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);

		sentBefore(id, Duration.ofMinutes(11));
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.SUBMITTED);
		assertThat(lastEntry(id).reason()).startsWith("Customer Profiles refused to delete it: ");
	}

	@Test
	void believesThatItIsDeletedThoughItIsShownForLong() {
		var id = submitted();
		delete(id);
		aws.faults().always(Operation.GET_WORKFLOW, Fault.ERROR_500_BEFORE);
		sentBefore(id, Duration.ofMinutes(11));

		workOff.workOff(WorkKinds.DELETION);

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
		assertThat(lastEntry(id).reason()).isEqualTo("Customer Profiles has taken its deletion on, and still shows it");
	}

	private void sentBefore(WorkflowId id, Duration time) {
		jdbc.sql("update workflow set deletion_sent_at = now() - cast(:time as interval) where id = :id")
			.param("time", time.toString())
			.param("id", id.value())
			.update();
		makeDue();
	}

	private void makeDue() {
		jdbc.sql("update outbox set due_at = clock_timestamp()").update();
	}

	@Test
	void triesAgainUntilAwsAnswers() {
		var id = submitted();
		delete(id);
		aws.faults().always(Operation.DELETE_WORKFLOW, Fault.ERROR_500_BEFORE);

		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);
		assertThat(jdbc.sql("select failures from outbox where kind = 'deletion' and due_at > clock_timestamp()")
			.query(Integer.class)
			.single()).isZero();

		aws.faults().clear();
		makeDue();
		workOff.workOff(WorkKinds.DELETION);
		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETED);
	}

	@Test
	void changesNothingWhenItsClaimWasTakenOver() {
		var id = submitted();
		delete(id);
		var slow = outbox.claim(WorkKinds.DELETION, 1).getFirst();
		jdbc.sql("update outbox set due_at = clock_timestamp(), leased_until = clock_timestamp() - interval '1 s'")
			.update();
		outbox.claim(WorkKinds.DELETION, 1);

		assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> worker.handle(slow));

		assertThat(workflows.require(id).phase()).isEqualTo(Phase.DELETING);
		assertThat(works()).contains(WorkKinds.DELETION);
	}

	@Test
	void asksAwsForNothingWhenThereIsNothingToDelete() {
		var id = submitted();
		delete(id);
		workOff.workOff(WorkKinds.DELETION);
		jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at) values (:id, 'deletion', 'retail', clock_timestamp())
				""").param("id", id.toString()).update();

		workOff.workOff(WorkKinds.DELETION);

		assertThat(aws.calls().of(Operation.DELETE_WORKFLOW)).hasSize(1);
		assertThat(works()).doesNotContain(WorkKinds.DELETION);
	}

	@Test
	void remembersWhyItIsTriedAgain() {
		var id = submitted();
		delete(id);
		var parked = new ParkedWork(WorkKinds.DELETION, id.toString(), "retail", 10, Instant.EPOCH, "failed");

		worker.redriven(parked, new Redrive("olga", "the permission is mended"));

		assertThat(lastEntry(id)).satisfies(entry -> {
			assertThat(entry.actor()).isEqualTo("olga");
			assertThat(entry.reason()).isEqualTo("Its deletion is tried again: the permission is mended");
			assertThat(entry.toPhase()).isEqualTo(Phase.DELETING);
		});
	}

	private WorkflowId submitted() {
		var id = workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
		workOff.workOff(WorkKinds.SUBMISSION);
		return id;
	}

	private void delete(WorkflowId id) {
		workflows.delete(sample.domainName(), id, "anna", false);
	}

	/** As good as any other reason that AWS may have. */
	private void letAwsRefuse(WorkflowId id) {
		jdbc.sql("update workflow set domain_name = 'not a domain' where id = :id").param("id", id.value()).update();
	}

	private HistoryEntry lastEntry(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).getLast();
	}

	private List<String> works() {
		return jdbc.sql("select kind from outbox").query(String.class).list();
	}

	private long reservations() {
		return jdbc.sql("select count(*) from flow_name_reservation").query(Long.class).single();
	}

}
