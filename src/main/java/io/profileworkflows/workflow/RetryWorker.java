package io.profileworkflows.workflow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Holds another try at a workflow back until that workflow is deleted at AWS: its flow
 * may hold the FlowName that both of them need. Nothing of it has been sent yet, so that
 * parked work of this kind may always be redriven.
 */
@Component
class RetryWorker implements WorkHandler {

	private static final String ACTOR = "retry";

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int SLOTS = 2;

	private final Workflows workflows;

	private final WorkflowRepository repository;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	RetryWorker(Workflows workflows, WorkflowRepository repository, Outbox outbox, TransactionOperations transactions) {
		this.workflows = workflows;
		this.repository = repository;
		this.outbox = outbox;
		this.transactions = transactions;
	}

	@Override
	public String kind() {
		return WorkKinds.RETRY;
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
		transactions.executeWithoutResult(_ -> look(work));
	}

	private void look(Work work) {
		var retry = workflows.lock(WorkflowId.of(work.subject()));
		if (!outbox.hold(work, Duration.ZERO)) {
			return;
		}
		var failed = retry.waitsFor();
		if (retry.phase() != Phase.ACCEPTED || failed == null) {
			outbox.finish(work);
			return;
		}
		switch (phaseOf(failed).orElse(Phase.DELETED)) {
			case DELETING -> outbox.retryAfter(work, PAUSE);
			case DELETED -> {
				outbox.finish(work);
				workflows.change(retry.id(), Cause.of(ACTOR, "Workflow %s is deleted".formatted(failed)),
						Workflow::waitNoMore);
				outbox.add(WorkKinds.SUBMISSION, work.subject(), work.domain());
			}
			case ACCEPTED, SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, SUBMITTED, FINISHED, REJECTED, CANCELLED -> {
				outbox.finish(work);
				var reason = "Customer Profiles refused to delete workflow %s, whose flow may hold the FlowName"
					.formatted(failed);
				workflows.change(retry.id(), Cause.of(ACTOR, reason), refused -> refused.reject(reason));
			}
		}
	}

	private Optional<Phase> phaseOf(WorkflowId id) {
		return repository.lock(id.value()).map(Workflow::phase);
	}

}
