package io.profileworkflows.workflow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;

import org.springframework.stereotype.Component;

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

	private final WorkflowTable table;

	private final Outbox outbox;

	RetryWorker(Workflows workflows, WorkflowTable table, Outbox outbox) {
		this.workflows = workflows;
		this.table = table;
		this.outbox = outbox;
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
	public void lock(Work work) {
		workflows.lock(WorkflowId.of(work.subject()));
	}

	@Override
	public Result handle(Work work) {
		return Result.decide(() -> {
			var retry = workflows.lock(WorkflowId.of(work.subject()));
			var failed = retry.waitsFor();
			return (retry.phase() == Phase.ACCEPTED && failed != null) ? look(work, retry.id(), failed) : Result.done();
		});
	}

	private Result look(Work work, WorkflowId retry, WorkflowId failed) {
		return switch (phaseOf(failed).orElse(Phase.DELETED)) {
			case DELETING -> Result.later(PAUSE);
			case DELETED -> Result.done(() -> {
				workflows.change(retry, Cause.of(ACTOR, "Workflow %s is deleted".formatted(failed)),
						Workflow::waitNoMore);
				outbox.add(WorkKinds.SUBMISSION, work.subject(), work.domain());
			});
			case ACCEPTED, SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, SUBMITTED, FINISHED, REJECTED, CANCELLED -> {
				var reason = "Customer Profiles refused to delete workflow %s, whose flow may hold the FlowName"
					.formatted(failed);
				yield Result
					.done(() -> workflows.change(retry, Cause.of(ACTOR, reason), refused -> refused.reject(reason)));
			}
		};
	}

	private Optional<Phase> phaseOf(WorkflowId id) {
		return table.lock(id).map(Workflow::phase);
	}

}
