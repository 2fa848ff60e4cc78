package io.profileworkflows.deletion;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.DeleteOutcome;
import io.profileworkflows.customerprofiles.Priority;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks AWS to delete a workflow until it has an answer, and then waits until AWS shows it
 * no longer: AWS deletes by and by, and until then the flow may hold its FlowName. Asking
 * twice does no harm: an id is never used again.
 */
@Component
class DeletionWorker implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(DeletionWorker.class);

	private static final String ACTOR = "deletion";

	private static final Duration PAUSE = Duration.ofSeconds(15);

	private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

	/** After that it counts as deleted, since AWS does not say how long it takes. */
	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final int SLOTS = 2;

	private final Workflows workflows;

	private final CustomerProfiles customerProfiles;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final Clock clock;

	DeletionWorker(Workflows workflows, CustomerProfiles customerProfiles, Outbox outbox,
			TransactionOperations transactions, Clock clock) {
		this.workflows = workflows;
		this.customerProfiles = customerProfiles;
		this.outbox = outbox;
		this.transactions = transactions;
		this.clock = clock;
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
		var acknowledgedAt = workflow.deletionAcknowledgedAt();
		if (acknowledgedAt != null) {
			var isShown = isShown(workflow);
			whileHeld(work, () -> settle(work, acknowledgedAt, isShown));
			return;
		}
		var outcome = customerProfiles.delete(workflow.domainName(), remoteIdOf(workflow));
		if (outcome instanceof DeleteOutcome.Deleted deleted) {
			outbox.renew(work);
			var isShown = isShown(workflow);
			whileHeld(work, () -> settle(work, deleted, isShown));
		}
		else {
			whileHeld(work, () -> settle(work, outcome));
		}
	}

	private static String remoteIdOf(Workflow workflow) {
		return Objects.requireNonNull(workflow.remoteWorkflowId());
	}

	/** Without an answer nothing is known, so that it counts as shown. */
	private boolean isShown(Workflow workflow) {
		try {
			return customerProfiles.find(Priority.SWEEP, workflow.domainName(), remoteIdOf(workflow)).isPresent();
		}
		catch (CallFailed failed) {
			log.debug("Whether {} is deleted cannot be seen", workflow.id(), failed);
			return true;
		}
	}

	private void whileHeld(Work work, Runnable settlement) {
		transactions.executeWithoutResult(_ -> {
			workflows.lock(WorkflowId.of(work.subject()));
			if (outbox.hold(work, Duration.ZERO)) {
				settlement.run();
			}
		});
	}

	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		workflows.note(WorkflowId.of(work.subject()),
				Cause.of(redrive.actor(), "Its deletion is tried again: " + redrive.reason()));
	}

	private void settle(Work work, Instant acknowledgedAt, boolean isShown) {
		if (!isShown) {
			end(work, null, "Deleted at Customer Profiles", Workflow::deleted);
		}
		else if (acknowledgedAt.plus(LONGEST).isBefore(clock.instant())) {
			end(work, null,
					"Customer Profiles took its deletion on at %s, and still shows it".formatted(acknowledgedAt),
					Workflow::deleted);
		}
		else {
			outbox.retryAfter(work, NEXT_LOOK);
		}
	}

	private void settle(Work work, DeleteOutcome outcome, boolean isShown) {
		if (!isShown) {
			settle(work, outcome);
			return;
		}
		workflows.acknowledgeDeletion(WorkflowId.of(work.subject()),
				new Cause("Customer Profiles has taken its deletion on", ACTOR, null, outcome.requestId()));
		outbox.retryAfter(work, NEXT_LOOK);
	}

	private void settle(Work work, DeleteOutcome outcome) {
		switch (outcome) {
			case DeleteOutcome.Deleted _ ->
				end(work, outcome.requestId(), "Deleted at Customer Profiles", Workflow::deleted);
			case DeleteOutcome.Gone _ ->
				end(work, outcome.requestId(), "Customer Profiles does not know it any more", Workflow::deleted);
			case DeleteOutcome.Refused(var code, var reason, var _) -> end(work, outcome.requestId(),
					"Customer Profiles refused to delete it: %s: %s".formatted(code, reason), Workflow::keep);
			case DeleteOutcome.Unsettled(var _, var _, var retryAfter) ->
				outbox.retryAfter(work, Objects.requireNonNullElse(retryAfter, PAUSE));
		}
	}

	private void end(Work work, @Nullable String requestId, String reason, Consumer<Workflow> transition) {
		outbox.finish(work);
		workflows.change(WorkflowId.of(work.subject()), new Cause(reason, ACTOR, null, requestId), transition);
	}

}
