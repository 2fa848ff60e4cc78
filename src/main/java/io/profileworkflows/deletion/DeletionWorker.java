package io.profileworkflows.deletion;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.DeleteOutcome;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks AWS to delete a workflow until it has an answer. Asking twice does no harm: an id
 * is never used again.
 */
@Component
class DeletionWorker implements WorkHandler {

	private static final String ACTOR = "deletion";

	private static final Duration PAUSE = Duration.ofSeconds(15);

	private static final int SLOTS = 2;

	private final Workflows workflows;

	private final CustomerProfiles customerProfiles;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	DeletionWorker(Workflows workflows, CustomerProfiles customerProfiles, Outbox outbox,
			TransactionOperations transactions) {
		this.workflows = workflows;
		this.customerProfiles = customerProfiles;
		this.outbox = outbox;
		this.transactions = transactions;
	}

	@Override
	public String kind() {
		return WorkKinds.DELETION;
	}

	@Override
	public Map<String, String> about(Work work) {
		return Map.of(LogFields.WORKFLOW, work.subject());
	}

	@Override
	public int slots() {
		return SLOTS;
	}

	@Override
	public void handle(Work work) {
		var id = WorkflowId.of(work.subject());
		var workflow = workflows.require(id);
		if (workflow.phase() != Phase.DELETING) {
			outbox.finish(work);
			return;
		}
		var remoteId = Objects.requireNonNull(workflow.remoteWorkflowId());
		var outcome = customerProfiles.delete(workflow.domainName(), remoteId);
		transactions.executeWithoutResult(_ -> settle(work, id, outcome));
	}

	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		workflows.note(WorkflowId.of(work.subject()),
				Cause.of(redrive.actor(), "Its deletion is tried again: " + redrive.reason()));
	}

	private void settle(Work work, WorkflowId id, DeleteOutcome outcome) {
		workflows.lock(id);
		if (!outbox.hold(work, Duration.ZERO)) {
			return;
		}
		switch (outcome) {
			case DeleteOutcome.Deleted _ -> end(work, outcome, "Deleted at Customer Profiles", Workflow::deleted);
			case DeleteOutcome.Gone _ ->
				end(work, outcome, "Customer Profiles does not know it any more", Workflow::deleted);
			case DeleteOutcome.Refused(var code, var reason, var _) -> end(work, outcome,
					"Customer Profiles refused to delete it: %s: %s".formatted(code, reason), Workflow::keep);
			case DeleteOutcome.Unsettled(var _, var _, var retryAfter) ->
				outbox.retryAfter(work, Objects.requireNonNullElse(retryAfter, PAUSE));
		}
	}

	private void end(Work work, DeleteOutcome outcome, String reason, Consumer<Workflow> transition) {
		outbox.finish(work);
		workflows.change(WorkflowId.of(work.subject()), new Cause(reason, ACTOR, null, outcome.requestId()),
				transition);
	}

}
