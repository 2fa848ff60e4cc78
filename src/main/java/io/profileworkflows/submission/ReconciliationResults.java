package io.profileworkflows.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.profileworkflows.customerprofiles.Sightings;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is uncertain in the database, and how a finding about it is carried out: only
 * while the claim holds, and only if nothing has been heard of the workflow since.
 */
@Component
class ReconciliationResults {

	private static final String ACTOR = "reconciliation";

	private final Workflows workflows;

	private final Attempts attempts;

	private final Sightings sightings;

	private final Outbox outbox;

	private final Clock clock;

	ReconciliationResults(Workflows workflows, Attempts attempts, Sightings sightings, Outbox outbox, Clock clock) {
		this.workflows = workflows;
		this.attempts = attempts;
		this.sightings = sightings;
		this.outbox = outbox;
		this.clock = clock;
	}

	/** By the clock that the times of attempts are read from. */
	@Transactional
	Instant now() {
		return attempts.now();
	}

	@Transactional
	List<UnconfirmedWorkflow> casesIn(String domainName) {
		return workflows.unconfirmedIn(domainName).stream().map(this::caseOf).toList();
	}

	private UnconfirmedWorkflow caseOf(Workflow workflow) {
		return new UnconfirmedWorkflow(workflow.id(), workflow.flowName(), workflow.connectorType(),
				workflow.connectorProfileName(), workflow.roleArn(), attempts.of(workflow.id()));
	}

	void carryOut(Work work, UnconfirmedWorkflow unconfirmed, ReconciliationResult finding) {
		outbox.change(work, Duration.ZERO, () -> workflows.lock(unconfirmed.workflow()), workflow -> {
			if (workflow.phase() == Phase.UNCONFIRMED && attempts.of(workflow.id()).equals(unconfirmed.attempts())) {
				carryOut(workflow, finding);
			}
			return null;
		});
	}

	private void carryOut(Workflow workflow, ReconciliationResult finding) {
		switch (finding) {
			case ReconciliationResult.Answered(var attempt) ->
				confirm(workflow, Objects.requireNonNull(attempt.remoteWorkflowId()), Provenance.CREATED,
						new Cause("The answer to attempt %s came late".formatted(attempt.number()), ACTOR,
								attempt.number(), attempt.requestId()));
			case ReconciliationResult.Found(var remoteId, var evidence) ->
				confirm(workflow, remoteId, Provenance.ADOPTED,
						Cause.of(ACTOR, "Found at Customer Profiles as %s: %s".formatted(remoteId, evidence)));
			case ReconciliationResult.MissingOnce(var lookedAt, var _) -> attempts.missing(workflow.id(), lookedAt);
			case ReconciliationResult.Absent() -> resubmit(workflow);
			case ReconciliationResult.Undecidable(var reason, var candidates) ->
				workflows.review(workflow.id(), Cause.of(ACTOR, reason), candidates);
			case ReconciliationResult.Open _ -> {
			}
		}
	}

	private void confirm(Workflow workflow, String remoteId, Provenance provenance, Cause cause) {
		sightings.forget(remoteId);
		attempts.absent(workflow.id());
		workflows.change(workflow.id(), cause, found -> found.confirm(remoteId, provenance, clock.instant()));
	}

	private void resubmit(Workflow workflow) {
		attempts.absent(workflow.id());
		var cause = Cause.of(ACTOR, "Proved absent at Customer Profiles");
		if (workflow.isDeletionRequested()) {
			workflows.change(workflow.id(), cause, Workflow::cancel);
			return;
		}
		workflows.change(workflow.id(), cause, Workflow::requeue);
		outbox.add(WorkKinds.SUBMISSION, workflow.id().toString(), workflow.domainName());
	}

	/**
	 * Ends a pass.
	 * @param nextLook when the next is due, or null when nothing is uncertain any more as
	 * far as this pass knows
	 */
	Result end(Work work, @Nullable Instant nextLook) {
		return Result.decide(() -> {
			if (nextLook == null && workflows.unconfirmedIn(work.domain()).isEmpty()) {
				return Result.done();
			}
			var pause = (nextLook != null) ? Duration.between(attempts.now(), nextLook) : Duration.ofSeconds(1);
			return Result.again(pause.isNegative() ? Duration.ZERO : pause);
		});
	}

}
