package io.profileworkflows.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.Completion;
import io.profileworkflows.outbox.NewWork;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
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

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * What is written before and after a call to AWS: attempt and workflow, together with the
 * work and only while its claim holds. {@link Protocol} decides.
 */
@Component
class Settlement implements Completion<AttemptAnswer, Settlement.Known> {

	/** Who does all this, in the history. */
	static final String ACTOR = "submission";

	private static final Logger log = LoggerFactory.getLogger(Settlement.class);

	private final Workflows workflows;

	private final Attempts attempts;

	private final Outbox outbox;

	private final SubmissionSettings settings;

	private final Duration callTimeout;

	private final JdbcOperations statements;

	private final Clock clock;

	Settlement(Workflows workflows, Attempts attempts, Outbox outbox, CustomerProfiles customerProfiles,
			SubmissionSettings settings, JdbcOperations statements, Clock clock) {
		this.workflows = workflows;
		this.attempts = attempts;
		this.outbox = outbox;
		this.settings = settings;
		this.callTimeout = customerProfiles.callTimeout();
		this.statements = statements;
		this.clock = clock;
	}

	/** What is known of the workflows that the trip has claimed work for. */
	Known lookAtClaimed(RoundTrip trip) {
		return new Known(workflows.lockClaimed(trip), attempts.ofClaimed(trip));
	}

	/**
	 * Writes down attempts at what the caller's transaction has just claimed. What
	 * somebody else holds, has failed before or needs more than an attempt is left to
	 * {@link #begin}.
	 * @param trip is made, too
	 * @return what is to be sent once the transaction is committed
	 */
	Map<Work, Submission> beginClaimed(RoundTrip trip, List<Work> works, Known known) {
		var locked = known.workflows().get();
		var past = known.attempts().get();
		var begun = new LinkedHashMap<Work, Submission>();
		for (var work : works) {
			var workflow = locked.get(workflowOf(work));
			if (workflow != null && work.failures() == 0) {
				toSend(workflow, past.getOrDefault(workflow.id(), List.of()))
					.ifPresent(submission -> begun.put(work, submission));
			}
		}
		submit(trip, begun.values());
		trip.make();
		return begun;
	}

	/** What is to be sent of a workflow that is just being taken in. */
	Optional<Submission> ofNew(Workflow workflow, CreateIntegrationWorkflow request) {
		return toSend(workflow, List.of(), () -> request);
	}

	/** Writes down attempts at what is stored as SUBMITTING in the same transaction. */
	void beginNew(RoundTrip trip, Collection<Submission> begun) {
		attempts.begin(trip, numbersOf(begun), callTimeout);
		workflows.noteStored(trip, begun.stream().map(this::submitted).toList());
	}

	private static Map<Workflow, Integer> numbersOf(Collection<Submission> begun) {
		return begun.stream().collect(Collectors.toMap(Submission::workflow, Submission::attempt));
	}

	/**
	 * Commits an attempt, if one is to be sent and the lease lasts until its end.
	 * @return nothing where none is to be sent
	 */
	Optional<Submission> begin(Work work) {
		return Optional
			.ofNullable(outbox.change(work, callTimeout, () -> workflows.lock(workflowOf(work)), this::begin));
	}

	private @Nullable Submission begin(Workflow workflow) {
		var submission = toSend(workflow, attempts.of(workflow.id())).orElse(null);
		if (submission != null) {
			var trip = new RoundTrip(statements);
			submit(trip, List.of(submission));
			trip.make();
		}
		return submission;
	}

	private Optional<Submission> toSend(Workflow workflow, List<Attempt> past) {
		return toSend(workflow, past, () -> workflows.requestOf(workflow));
	}

	private Optional<Submission> toSend(Workflow workflow, List<Attempt> past,
			Supplier<CreateIntegrationWorkflow> requestOf) {
		if (workflow.waitsFor() != null || mayBeLost(past)) {
			return Optional.empty();
		}
		var request = requestOf.get();
		return (whenClaimed(workflow, past, request) instanceof NextStep.Send)
				? Optional.of(new Submission(workflow, Attempt.next(past), request)) : Optional.empty();
	}

	/** It may be one that the copy has lost, and that is asked for again. */
	private boolean mayBeLost(List<Attempt> past) {
		return settings.recoverySince() != null && past.isEmpty();
	}

	private NextStep whenClaimed(Workflow workflow, List<Attempt> past, CreateIntegrationWorkflow request) {
		return Protocol.whenClaimed(workflow.phase(), past, request.spoiledAt(clock.instant()));
	}

	private void submit(RoundTrip trip, Collection<Submission> begun) {
		if (!begun.isEmpty()) {
			attempts.begin(trip, numbersOf(begun), callTimeout);
			workflows.change(trip, begun.stream().map(this::submitted).toList());
		}
	}

	private Change submitted(Submission submission) {
		var late = submission.request().startPassedAt(clock.instant());
		var reason = "Attempt %s begins%s".formatted(submission.attempt(), (late != null) ? "; " + late : "");
		return new Change(submission.workflow(), new Cause(reason, ACTOR, submission.attempt(), null),
				Workflow::submit);
	}

	/**
	 * Decides about work for which nothing is sent, in the engine's transaction.
	 */
	Result unsent(Work work) {
		var workflow = workflows.lock(workflowOf(work));
		var id = workflow.id();
		if (workflow.waitsFor() != null) {
			return Result.done(() -> outbox.add(WorkKinds.RETRY, id.toString(), workflow.domainName()));
		}
		var past = attempts.of(id);
		var step = whenClaimed(workflow, past, workflows.requestOf(workflow));
		if (!(step instanceof NextStep.Send)) {
			var consequence = consequence(step, workflow, past, null);
			return consequence.result(() -> {
				if (step instanceof NextStep.Confirm && workflow.phase() == Phase.ACCEPTED) {
					write(new Change(workflow, Cause.of(ACTOR, "An answer came after it was taken for absent"),
							Workflow::submit));
				}
				write(consequence);
			});
		}
		var restoredTo = settings.recoverySince();
		return (restoredTo == null || !past.isEmpty()) ? Result.later(Duration.ZERO)
				: Result.done(() -> doubt(workflow, restoredTo,
						Cause.of(ACTOR, "The database was restored to %s; it may have been asked for and sent since"
							.formatted(restoredTo))));
	}

	private void write(Change change) {
		var trip = new RoundTrip(statements);
		workflows.change(trip, List.of(change));
		trip.make();
	}

	private void write(Consequence consequence) {
		var trip = new RoundTrip(statements);
		write(trip, List.of(consequence));
		trip.make();
	}

	private void write(RoundTrip trip, List<Consequence> consequences) {
		var changes = consequences.stream().map(Consequence::change).filter(Objects::nonNull).toList();
		var doubted = consequences.stream()
			.filter(Consequence::endsDoubts)
			.map(consequence -> Objects.requireNonNull(consequence.change()).workflow().id())
			.toList();
		if (!doubted.isEmpty()) {
			attempts.absent(trip, doubted);
		}
		workflows.change(trip, changes);
	}

	/**
	 * After a restore of the database: a workflow may have been sent since the time of
	 * its copy, and counts as uncertain from then on. The caller takes care of its work.
	 */
	void doubt(Workflow workflow, Instant since, Cause cause) {
		attempts.suppose(workflow, since);
		var phase = workflow.phase();
		if (phase == Phase.ACCEPTED) {
			workflows.change(workflow.id(), cause, Workflow::submit);
		}
		if (phase != Phase.UNCONFIRMED) {
			workflows.change(workflow.id(), cause, Workflow::loseSight);
		}
	}

	/**
	 * The attempts learn what came of them in any case, the workflows only while the
	 * claims hold: otherwise the process that took over reads it from the attempt.
	 */
	@Override
	public Known lock(RoundTrip trip, Map<Work, AttemptAnswer> answers) {
		var ids = answers.values().stream().map(AttemptAnswer::workflow).toList();
		var locked = workflows.lock(trip, ids);
		attempts.answer(trip, answers.values());
		return new Known(locked, attempts.of(trip, ids));
	}

	@Override
	public Decision decide(Map<Work, AttemptAnswer> answers, Set<Work> held, Known known) {
		var results = new LinkedHashMap<Work, Result>();
		var consequences = new ArrayList<Consequence>();
		var late = new ArrayList<AttemptAnswer>();
		var all = known.attempts().get();
		var locked = known.workflows().get();
		answers.forEach((work, answer) -> {
			if (held.contains(work)) {
				var past = Objects.requireNonNull(all.get(answer.workflow()));
				var consequence = consequence(Protocol.whenAttempted(past),
						Objects.requireNonNull(locked.get(answer.workflow())), past, retryAfter(answer.outcome()));
				results.put(work, consequence.result(() -> {
				}));
				consequences.add(consequence);
			}
			else {
				late.add(answer);
			}
		});
		return new Decision(results, trip -> {
			late.forEach(answer -> noteLate(trip, answer, Objects.requireNonNull(locked.get(answer.workflow()))));
			write(trip, consequences);
		});
	}

	/** The process that took over may have lost sight of it by now. */
	private void noteLate(RoundTrip trip, AttemptAnswer answer, Workflow workflow) {
		log.warn("The answer to attempt {} at workflow {} came after its lease had run out", answer.number(),
				workflow.id());
		workflows.note(trip, workflow, new Cause("The answer to attempt %s came late".formatted(answer.number()), ACTOR,
				answer.number(), answer.outcome().requestId()));
		if (workflow.phase() == Phase.UNCONFIRMED) {
			var domainName = workflow.domainName();
			outbox.addOrHasten(trip, WorkKinds.RECONCILIATION,
					List.of(new NewWork(WorkKinds.reconciliationOf(domainName), domainName, Origin.NONE)),
					Duration.ZERO);
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

	private Consequence consequence(NextStep step, Workflow workflow, List<Attempt> past, @Nullable Duration askedFor) {
		return switch (step) {
			case NextStep.Confirm(var attempt) -> {
				var remoteId = Objects.requireNonNull(attempt.remoteWorkflowId());
				yield new Consequence(null,
						new Change(workflow, cause("Created at Customer Profiles as " + remoteId, attempt),
								found -> found.confirm(remoteId, Provenance.CREATED, clock.instant())),
						past.stream().anyMatch(Attempt::isUnresolved));
			}
			case NextStep.Reject(var attempt) -> Consequence.end(workflow, cause("Refused: " + attempt.why(), attempt),
					refused -> refused.reject(attempt.why()));
			case NextStep.GiveUp(var reason) ->
				Consequence.end(workflow, Cause.of(ACTOR, reason), spoiled -> spoiled.reject(reason));
			case NextStep.Requeue(var attempt, var unsentInARow) ->
				new Consequence((askedFor != null) ? askedFor : settings.pauseAfter(unsentInARow),
						new Change(workflow, cause("Not sent: " + attempt.why(), attempt), Workflow::requeue), false);
			case NextStep.LoseSight(var attempt) -> Consequence.end(workflow,
					cause("May have been created or not: " + attempt.why(), attempt), Workflow::loseSight);
			case NextStep.Leave() -> new Consequence(null, null, false);
			case NextStep.Send() -> throw new IllegalStateException("Sending is not settled but begun");
		};
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
	 * Workflows that are locked, and all attempts at them.
	 */
	record Known(Supplier<Map<WorkflowId, Workflow>> workflows, Supplier<Map<WorkflowId, List<Attempt>>> attempts) {
	}

	/**
	 * What a decision comes to.
	 *
	 * @param delay after which its work is due again, or null where that is done
	 * @param endsDoubts whether unresolved attempts made nothing but what is known now
	 */
	private record Consequence(@Nullable Duration delay, @Nullable Change change, boolean endsDoubts) {

		static Consequence end(Workflow workflow, Cause cause, Consumer<Workflow> transition) {
			return new Consequence(null, new Change(workflow, cause, transition), false);
		}

		Result result(Runnable change) {
			return (delay != null) ? Result.later(delay, change) : Result.done(change);
		}

	}

}
