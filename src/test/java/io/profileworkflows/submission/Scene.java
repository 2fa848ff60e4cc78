package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.outbox.Ends;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings workflows about as tests need them. To be imported by the tests that do.
 */
@TestComponent
class Scene {

	private static final CreateOutcome.Unknown UNKNOWN = new CreateOutcome.Unknown("No answer in time", null);

	private final Workflows workflows;

	private final Settlement settlement;

	private final Attempts attempts;

	private final Outbox outbox;

	private final WorkOff workOff;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	Scene(Workflows workflows, Settlement settlement, Attempts attempts, Outbox outbox, WorkOff workOff,
			JdbcClient jdbc, TransactionTemplate transaction) {
		this.workflows = workflows;
		this.settlement = settlement;
		this.attempts = attempts;
		this.outbox = outbox;
		this.workOff = workOff;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	WorkflowId accept(SampleRequest sample) {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	/** It is on its way to AWS. */
	Work begin(WorkflowId id) {
		var work = outbox.claim(WorkKinds.SUBMISSION, 1000)
			.stream()
			.filter(claimed -> claimed.subject().equals(id.toString())
					|| !Ends.retryAfter(outbox, claimed, Duration.ZERO))
			.findFirst()
			.orElseThrow();
		if (settlement.begin(work).isEmpty()) {
			throw new IllegalStateException("Nothing is to be sent for " + work);
		}
		return work;
	}

	/** An answer of AWS has come. */
	void settle(AttemptAnswer answer) {
		workOff.complete(answer.work(), answer, settlement);
	}

	/** Nobody knows what came of its only attempt. */
	WorkflowId unconfirmed(SampleRequest sample) {
		var id = accept(sample);
		settle(new AttemptAnswer(begin(id), 1, UNKNOWN));
		return id;
	}

	/** A person has to decide about it. */
	WorkflowId inReview(SampleRequest sample) {
		var id = unconfirmed(sample);
		workflows.review(id, Cause.of("test", "nobody knows"), List.of());
		return id;
	}

	void submit() {
		makeDue(WorkKinds.SUBMISSION);
		workOff.workOff(WorkKinds.SUBMISSION);
	}

	/** As if all that hold a claim had died. */
	void letLeasesRunOut() {
		jdbc.sql("""
				update outbox set due_at = clock_timestamp(), leased_until = clock_timestamp() - interval '1 s'
				where leased_until is not null
				""").update();
	}

	void reconcile() {
		makeDue(WorkKinds.RECONCILIATION);
		workOff.workOff(WorkKinds.RECONCILIATION);
	}

	private void makeDue(String kind) {
		jdbc.sql("update outbox set due_at = clock_timestamp() where leased_until is null and kind = :kind")
			.param("kind", kind)
			.update();
	}

	/** As if all attempts, and what was seen of them, were that much older. */
	void letPass(Duration time) {
		jdbc.sql("""
				update submission_attempt set started_at = started_at - cast(:time as interval),
				  deadline = deadline - cast(:time as interval), answered_at = answered_at - cast(:time as interval),
				  absent_since = absent_since - cast(:time as interval)
				""").param("time", time.toString()).update();
	}

	Phase phase(WorkflowId id) {
		return workflows.require(id).phase();
	}

	List<Attempt> attemptsAt(WorkflowId id) {
		return transaction.execute(_ -> attempts.of(id));
	}

	HistoryEntry lastEntry(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).getLast();
	}

	/** What work there is, by kind and subject. */
	List<String> works() {
		return jdbc.sql("select kind || ' ' || subject from outbox order by 1").query(String.class).list();
	}

}
