package io.profileworkflows.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Change;
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
import org.springframework.transaction.annotation.Propagation;
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
	 * Commits an attempt at each, if one is to be sent and the lease lasts until its end.
	 * @return what is to be sent; the rest is settled
	 */
	Map<Work, Submission> begin(List<Work> works) {
		var locked = workflows.lock(works.stream().map(Settlement::workflowOf).toList());
		var held = outbox.hold(works, callTimeout);
		var past = attempts.of(locked.keySet());
		var begun = new LinkedHashMap<Work, Submission>();
		for (var work : inOrder(works, Work::domain)) {
			if (held.contains(work)) {
				var workflow = Objects.requireNonNull(locked.get(workflowOf(work)));
				next(work, workflow, past.getOrDefault(workflow.id(), List.of()))
					.ifPresent(submission -> begun.put(work, submission));
			}
		}
		if (!begun.isEmpty()) {
			submit(begun.values());
		}
		return begun;
	}

	/**
	 * Writes down attempts at what the caller's transaction has just claimed. Waits for
	 * nobody, since work is locked already: what somebody else holds, has failed before
	 * or needs more than an attempt is left to {@link #begin}.
	 * @return what is to be sent once that transaction is committed
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Map<Work, Submission> beginClaimed(List<Work> works) {
		var fresh = works.stream().filter(work -> work.failures() == 0).toList();
		var locked = workflows.lockFree(fresh.stream().map(Settlement::workflowOf).toList());
		var past = attempts.of(locked.keySet());
		var begun = new LinkedHashMap<Work, Submission>();
		for (var work : fresh) {
			var workflow = locked.get(workflowOf(work));
			if (workflow != null) {
				toSend(workflow, past.getOrDefault(workflow.id(), List.of()))
					.ifPresent(submission -> begun.put(work, submission));
			}
		}
		if (!begun.isEmpty()) {
			submit(begun.values());
		}
		return begun;
	}

	private Optional<Submission> next(Work work, Workflow workflow, List<Attempt> past) {
		var submission = toSend(workflow, past);
		if (submission.isEmpty()) {
			settleUnsent(work, workflow, past);
		}
		return submission;
	}

	private Optional<Submission> toSend(Workflow workflow, List<Attempt> past) {
		if (workflow.waitsFor() != null || settings.recoverySince() != null && past.isEmpty()) {
			return Optional.empty();
		}
		var request = workflows.requestOf(workflow);
		return (whenClaimed(workflow, past, request) instanceof NextStep.Send)
				? Optional.of(new Submission(workflow, Attempt.next(past), request)) : Optional.empty();
	}

	private NextStep whenClaimed(Workflow workflow, List<Attempt> past, CreateIntegrationWorkflow request) {
		return Protocol.whenClaimed(workflow.phase(), past, request.spoiledAt(clock.instant()));
	}

	private void settleUnsent(Work work, Workflow workflow, List<Attempt> past) {
		var id = workflow.id();
		if (workflow.waitsFor() != null) {
			outbox.finish(work);
			outbox.add(WorkKinds.RETRY, id.toString(), workflow.domainName());
			return;
		}
		var step = whenClaimed(workflow, past, workflows.requestOf(workflow));
		if (step instanceof NextStep.Confirm && workflow.phase() == Phase.ACCEPTED) {
			workflows.change(id, Cause.of(ACTOR, "An answer came after it was taken for absent"), Workflow::submit);
		}
		if (!(step instanceof NextStep.Send)) {
			carryOut(step, work, workflow, past, null);
			return;
		}
		// it may be one that the copy has lost, and that is asked for again
		var restoredTo = Objects.requireNonNull(settings.recoverySince());
		outbox.finish(work);
		doubt(workflow, restoredTo, Cause.of(ACTOR,
				"The database was restored to %s; it may have been asked for and sent since".formatted(restoredTo)));
	}

	private void submit(Collection<Submission> begun) {
		attempts.begin(begun.stream().collect(Collectors.toMap(Submission::workflow, Submission::attempt)),
				callTimeout);
		workflows.change(begun.stream().map(this::submitted).toList());
	}

	private Change submitted(Submission submission) {
		var late = submission.request().startPassedAt(clock.instant());
		var reason = "Attempt %s begins%s".formatted(submission.attempt(), (late != null) ? "; " + late : "");
		return new Change(submission.workflow(), new Cause(reason, ACTOR, submission.attempt(), null),
				Workflow::submit);
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
	 * Writes down what came of calls. The attempts learn it in any case, the workflows
	 * only while the claims hold: otherwise the process that took over reads it from the
	 * attempt.
	 */
	void settle(List<AttemptAnswer> answers) {
		var locked = workflows.lock(answers.stream().map(AttemptAnswer::workflow).toList());
		attempts.answer(answers);
		var held = outbox.hold(answers.stream().map(AttemptAnswer::work).toList(), Duration.ZERO);
		var all = attempts.of(locked.keySet());
		var confirmed = new ArrayList<Confirmation>();
		for (var answer : inOrder(answers, answer -> answer.work().domain())) {
			var workflow = Objects.requireNonNull(locked.get(answer.workflow()));
			if (!held.contains(answer.work())) {
				noteLate(answer, workflow);
				continue;
			}
			var past = Objects.requireNonNull(all.get(workflow.id()));
			var step = Protocol.whenAttempted(past);
			if (step instanceof NextStep.Confirm(var attempt)) {
				confirmed.add(new Confirmation(answer.work(), workflow, attempt, past));
			}
			else {
				carryOut(step, answer.work(), workflow, past, retryAfter(answer.outcome()));
			}
		}
		if (!confirmed.isEmpty()) {
			confirm(confirmed);
		}
	}

	/** Of those who hasten the work of several domains, none waits for another. */
	private static <T> List<T> inOrder(List<T> all, Function<T, String> domain) {
		return all.stream().sorted(Comparator.comparing(domain)).toList();
	}

	private void noteLate(AttemptAnswer answer, Workflow workflow) {
		log.warn("The answer to attempt {} at workflow {} came after its lease had run out", answer.number(),
				workflow.id());
		workflows.note(workflow.id(), new Cause("The answer to attempt %s came late".formatted(answer.number()), ACTOR,
				answer.number(), answer.outcome().requestId()));
		readLater(workflow);
	}

	// the process that took over may have lost sight of it by now
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
		var id = workflowOf(work);
		var phase = workflows.lock(id).phase();
		if (phase == Phase.ACCEPTED || phase == Phase.SUBMITTING) {
			workflows.change(id, Cause.of(ACTOR, "Its work is parked: " + reason), Workflow::review);
		}
	}

	private void confirm(List<Confirmation> confirmed) {
		outbox.finish(confirmed.stream().map(Confirmation::work).toList());
		var doubtful = confirmed.stream().filter(Confirmation::isDoubtful).toList();
		if (!doubtful.isEmpty()) {
			attempts.absent(doubtful.stream().map(confirmation -> confirmation.workflow().id()).toList());
		}
		workflows.change(confirmed.stream().map(this::confirmed).toList());
	}

	private Change confirmed(Confirmation confirmation) {
		var attempt = confirmation.attempt();
		var remoteId = Objects.requireNonNull(attempt.remoteWorkflowId());
		return new Change(confirmation.workflow(), cause("Created at Customer Profiles as " + remoteId, attempt),
				workflow -> workflow.confirm(remoteId, Provenance.CREATED, clock.instant()));
	}

	private void carryOut(NextStep step, Work work, Workflow workflow, List<Attempt> past,
			@Nullable Duration askedFor) {
		var id = workflow.id();
		switch (step) {
			case NextStep.Confirm(var attempt) -> confirm(List.of(new Confirmation(work, workflow, attempt, past)));
			case NextStep.Reject(var attempt) -> {
				outbox.finish(work);
				workflows.change(id, cause("Refused: " + attempt.why(), attempt),
						refused -> refused.reject(attempt.why()));
			}
			case NextStep.GiveUp(var reason) -> {
				outbox.finish(work);
				workflows.change(id, Cause.of(ACTOR, reason), spoiled -> spoiled.reject(reason));
			}
			case NextStep.Requeue(var attempt, var unsentInARow) -> {
				outbox.retryAfter(work, (askedFor != null) ? askedFor : settings.pauseAfter(unsentInARow));
				workflows.change(id, cause("Not sent: " + attempt.why(), attempt), Workflow::requeue);
			}
			case NextStep.LoseSight(var attempt) -> {
				outbox.finish(work);
				workflows.change(id, cause("May have been created or not: " + attempt.why(), attempt),
						Workflow::loseSight);
			}
			case NextStep.Leave() -> outbox.finish(work);
			case NextStep.Send() -> throw new IllegalStateException("Sending is not settled but begun");
		}
	}

	private static @Nullable Duration retryAfter(CreateOutcome outcome) {
		if (outcome instanceof CreateOutcome.NotSent notSent) {
			// the budget makes it wait, and nothing else has to
			return (notSent.cause() == CreateOutcome.NotSent.Cause.TURN_PASSED) ? Duration.ZERO : notSent.retryAfter();
		}
		return null;
	}

	private static Cause cause(String reason, Attempt attempt) {
		return new Cause(reason, ACTOR, attempt.number(), attempt.requestId());
	}

	private static WorkflowId workflowOf(Work work) {
		return WorkflowId.of(work.subject());
	}

	/**
	 * A workflow that is at AWS.
	 *
	 * @param attempt that made it
	 * @param past all attempts at it
	 */
	private record Confirmation(Work work, Workflow workflow, Attempt attempt, List<Attempt> past) {

		boolean isDoubtful() {
			return past.stream().anyMatch(Attempt::isUnresolved);
		}

	}

}
