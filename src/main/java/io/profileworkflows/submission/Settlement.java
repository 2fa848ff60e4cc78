package io.profileworkflows.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is written before and after a call to AWS. Work, attempt and workflow change
 * together or not at all, and only while the claim still holds.
 */
@Component
@Transactional
class Settlement {

	/** Who does all this, in the history. */
	static final String ACTOR = "submission";

	private static final Logger log = LoggerFactory.getLogger(Settlement.class);

	private final Workflows workflows;

	private final Attempts attempts;

	private final Outbox outbox;

	private final SubmissionSettings settings;

	private final Duration callTimeout;

	private final Clock clock;

	Settlement(Workflows workflows, Attempts attempts, Outbox outbox, CustomerProfiles customerProfiles,
			SubmissionSettings settings, Clock clock) {
		this.workflows = workflows;
		this.attempts = attempts;
		this.outbox = outbox;
		this.settings = settings;
		this.callTimeout = customerProfiles.callTimeout();
		this.clock = clock;
	}

	/**
	 * Commits an attempt, if one is to be sent and the lease lasts until its end.
	 * @return nothing when there is nothing to send, which then is settled
	 */
	Optional<Submission> begin(Work work) {
		var id = WorkflowId.of(work.subject());
		var workflow = workflows.lock(id);
		if (!outbox.hold(work, callTimeout)) {
			return Optional.empty();
		}
		if (workflow.waitsFor() != null) {
			outbox.finish(work);
			outbox.add(WorkKinds.RETRY, id.toString(), workflow.domainName());
			return Optional.empty();
		}
		var request = workflows.requestOf(workflow);
		var past = attempts.of(id);
		var move = Protocol.whenClaimed(workflow.phase(), past, request.spoiledAt(clock.instant()));
		if (move instanceof Move.Confirm && workflow.phase() == Phase.ACCEPTED) {
			workflows.change(id, Cause.of(ACTOR, "An answer came after it was taken for absent"), Workflow::submit);
		}
		if (!(move instanceof Move.Send)) {
			carryOut(move, work, id, null);
			return Optional.empty();
		}
		var restoredTo = settings.recoverySince();
		if (restoredTo != null && past.isEmpty()) {
			// it may be one that the copy has lost, and that is asked for again
			outbox.finish(work);
			doubt(workflow, restoredTo,
					Cause.of(ACTOR, "The database was restored to %s; it may have been asked for and sent since"
						.formatted(restoredTo)));
			return Optional.empty();
		}
		var attempt = attempts.begin(workflow, callTimeout);
		var late = request.startPassedAt(clock.instant());
		workflows.change(id, new Cause("Attempt %d begins%s".formatted(attempt, (late != null) ? "; " + late : ""),
				ACTOR, attempt, null), Workflow::submit);
		return Optional.of(new Submission(id, attempt, request));
	}

	/**
	 * After a restore of the database: a workflow may have been sent since the time of
	 * its copy, and counts as uncertain from then on. The caller takes care of its work.
	 */
	void doubt(Workflow workflow, Instant since, Cause cause) {
		attempts.suppose(workflow, since);
		if (workflow.phase() == Phase.ACCEPTED) {
			workflows.change(workflow.id(), cause, Workflow::submit);
		}
		if (workflow.phase() != Phase.UNCONFIRMED) {
			workflows.change(workflow.id(), cause, Workflow::loseSight);
		}
	}

	/**
	 * Writes down what came of the call. The attempt learns it in any case, the workflow
	 * only while the claim holds: otherwise whoever took over reads it from the attempt.
	 */
	void settle(Work work, int attempt, CreateOutcome outcome) {
		var id = WorkflowId.of(work.subject());
		var workflow = workflows.lock(id);
		attempts.answer(id, attempt, outcome);
		if (outbox.hold(work, Duration.ZERO)) {
			carryOut(Protocol.whenAttempted(attempts.of(id)), work, id, retryAfter(outcome));
		}
		else {
			log.warn("The answer to attempt {} at workflow {} came after its lease had run out", attempt, id);
			workflows.note(id, new Cause("The answer to attempt %d came late".formatted(attempt), ACTOR, attempt,
					outcome.requestId()));
			readLater(workflow);
		}
	}

	// whoever took over may have lost sight of it by now
	private void readLater(Workflow workflow) {
		if (workflow.phase() == Phase.UNCONFIRMED) {
			outbox.addOrHasten(WorkKinds.RECONCILIATION, WorkKinds.reconciliationOf(workflow.domainName()),
					workflow.domainName());
		}
	}

	/**
	 * A person has to look at it, since it failed again and again in a way nobody
	 * foresaw.
	 */
	void review(Work work, String reason) {
		var id = WorkflowId.of(work.subject());
		var phase = workflows.lock(id).phase();
		if (phase == Phase.ACCEPTED || phase == Phase.SUBMITTING) {
			workflows.change(id, Cause.of(ACTOR, "Its work is parked: " + reason), Workflow::review);
		}
	}

	private void carryOut(Move move, Work work, WorkflowId id, @Nullable Duration askedFor) {
		switch (move) {
			case Move.Confirm(var attempt) -> {
				outbox.finish(work);
				attempts.absent(id);
				var remoteId = Objects.requireNonNull(attempt.remoteWorkflowId());
				workflows.change(id, cause("Created at Customer Profiles as " + remoteId, attempt),
						workflow -> workflow.confirm(remoteId, Provenance.CREATED, clock.instant()));
			}
			case Move.Reject(var attempt) -> {
				outbox.finish(work);
				workflows.change(id, cause("Refused: " + attempt.why(), attempt),
						workflow -> workflow.reject(attempt.why()));
			}
			case Move.GiveUp(var reason) -> {
				outbox.finish(work);
				workflows.change(id, Cause.of(ACTOR, reason), workflow -> workflow.reject(reason));
			}
			case Move.Requeue(var attempt, var unsentInARow) -> {
				outbox.retryAfter(work, (askedFor != null) ? askedFor : settings.pauseAfter(unsentInARow));
				workflows.change(id, cause("Not sent: " + attempt.why(), attempt), Workflow::requeue);
			}
			case Move.LoseSight(var attempt) -> {
				outbox.finish(work);
				workflows.change(id, cause("May have been created or not: " + attempt.why(), attempt),
						Workflow::loseSight);
			}
			case Move.Leave() -> outbox.finish(work);
			case Move.Send() -> throw new IllegalStateException("Sending is not settled but begun");
		}
	}

	private static @Nullable Duration retryAfter(CreateOutcome outcome) {
		return (outcome instanceof CreateOutcome.NotSent notSent) ? notSent.retryAfter() : null;
	}

	private static Cause cause(String reason, Attempt attempt) {
		return new Cause(reason, ACTOR, attempt.number(), attempt.requestId());
	}

}
