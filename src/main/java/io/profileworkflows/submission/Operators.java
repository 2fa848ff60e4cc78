package io.profileworkflows.submission;

import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.Sightings;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.ChangedMeanwhile;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Precondition;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The decisions that only a person can make, each with a reason that is kept.
 */
@Component
public class Operators {

	private final Workflows workflows;

	private final Attempts attempts;

	private final Sightings sightings;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final Clock clock;

	Operators(Workflows workflows, Attempts attempts, Sightings sightings, Outbox outbox,
			TransactionOperations transactions, Clock clock) {
		this.workflows = workflows;
		this.attempts = attempts;
		this.sightings = sightings;
		this.outbox = outbox;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Takes a workflow at AWS for the one that was asked for.
	 * @throws ActionImpossible when the workflow is not in review, AWS does not know that
	 * id in its domain, or another workflow holds it
	 * @throws ChangedMeanwhile when the decision's condition does not hold
	 */
	public Phase adopt(String domainName, WorkflowId id, String remoteWorkflowId, Decision decision) {
		requireInReview(workflows.require(domainName, id));
		if (sightings.look(Priority.CALLER, domainName, remoteWorkflowId).isEmpty()) {
			throw new ActionImpossible(
					"Customer Profiles knows no workflow %s in domain %s".formatted(remoteWorkflowId, domainName));
		}
		return decide(id, decision, () -> {
			if (!workflows.heldAmong(Set.of(remoteWorkflowId)).isEmpty()) {
				throw new ActionImpossible("Another workflow holds " + remoteWorkflowId);
			}
			outbox.cancel(id.toString());
			attempts.absent(id);
			sightings.forget(remoteWorkflowId);
			return workflows.change(id, decision.cause("Adopted " + remoteWorkflowId),
					found -> found.confirm(remoteWorkflowId, Provenance.ADOPTED, clock.instant()));
		});
	}

	/**
	 * Sends a workflow again: the operator has made sure that it is not at AWS.
	 * @throws ActionImpossible when the workflow is not in review, or the answer to an
	 * attempt says that it is at AWS
	 * @throws ChangedMeanwhile when the decision's condition does not hold
	 */
	public Phase resubmit(String domainName, WorkflowId id, Decision decision) {
		requireInReview(workflows.require(domainName, id));
		return decide(id, decision, () -> {
			requireNoneCreated(id);
			outbox.cancel(id.toString());
			attempts.absent(id);
			outbox.add(WorkKinds.SUBMISSION, id.toString(), domainName);
			return workflows.change(id, decision.cause("Resubmitted"), Workflow::requeue);
		});
	}

	/**
	 * Ends a workflow without result; its FlowName is free again.
	 * @throws ActionImpossible when the workflow is not in review, or the answer to an
	 * attempt says that it is at AWS
	 * @throws ChangedMeanwhile when the decision's condition does not hold
	 */
	public Phase giveUp(String domainName, WorkflowId id, Decision decision) {
		requireInReview(workflows.require(domainName, id));
		return decide(id, decision, () -> {
			requireNoneCreated(id);
			outbox.cancel(id.toString());
			attempts.absent(id);
			return workflows.change(id, decision.cause("Given up"),
					given -> given.reject("Given up: " + decision.reason()));
		});
	}

	private Phase decide(WorkflowId id, Decision decision, Supplier<Workflow> change) {
		return Objects.requireNonNull(transactions.execute(_ -> {
			var workflow = workflows.lock(id);
			requireInReview(workflow);
			decision.precondition().require(workflow);
			return change.get().phase();
		}));
	}

	/** An answer may have come in while it waited for a person. */
	private void requireNoneCreated(WorkflowId id) {
		attempts.of(id).stream().filter(Attempt::isCreated).findFirst().ifPresent(created -> {
			throw new ActionImpossible(
					"The answer to attempt %s has come in: workflow %s is at Customer Profiles as %s; adopt that"
						.formatted(created.number(), id, created.remoteWorkflowId()));
		});
	}

	private static void requireInReview(Workflow workflow) {
		if (workflow.phase() != Phase.NEEDS_REVIEW) {
			throw new ActionImpossible("Workflow %s is %s; an operator decides only what is NEEDS_REVIEW"
				.formatted(workflow.id(), workflow.phase()));
		}
	}

	/**
	 * Who decided, and why.
	 *
	 * @param precondition of what the workflow is, when one is decided about
	 */
	public record Decision(String actor, String reason, Precondition precondition) {

		public Decision(String actor, String reason) {
			this(actor, reason, Precondition.NONE);
		}

		Cause cause(String what) {
			return Cause.of(actor, "%s: %s".formatted(what, reason));
		}

	}

}
