package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Lets operators see how many workflows there are, and what became of a single one.
 */
@Component
@Endpoint(id = "workflows")
class WorkflowsEndpoint {

	private static final int MOST_DOMAINS = 100;

	private static final int LONGEST_HISTORY = 1000;

	private final WorkflowCounts counts;

	private final Workflows workflows;

	private final History history;

	WorkflowsEndpoint(WorkflowCounts counts, Workflows workflows, History history) {
		this.counts = counts;
		this.workflows = workflows;
		this.history = history;
	}

	@ReadOperation
	Counts show() {
		return new Counts(counts.byStage(), counts.byDomain(MOST_DOMAINS));
	}

	@ReadOperation
	WebEndpointResponse<?> show(@Selector String workflowId) {
		var found = WorkflowId.parse(workflowId).flatMap(workflows::find);
		if (found.isEmpty()) {
			return new WebEndpointResponse<>(new Missing("There is no workflow with this id"),
					WebEndpointResponse.STATUS_NOT_FOUND);
		}
		var workflow = found.get();
		return new WebEndpointResponse<>(Detail.of(workflow, history.of(workflow.id(), 0, LONGEST_HISTORY)));
	}

	record Missing(String message) {
	}

	record Counts(List<WorkflowCounts.OfStage> stages, List<WorkflowCounts.OfDomain> domains) {
	}

	/** Without what was asked for, which is confidential. */
	record Detail(String workflowId, String domain, String flowName, Phase phase, Status status,
			@Nullable String errorDescription, boolean deletionRequested, @Nullable String remoteWorkflowId,
			@Nullable Provenance provenance, @Nullable String remoteStatus, String requestedBy, Instant createdAt,
			Instant updatedAt, List<HistoryEntry> history) {

		static Detail of(Workflow workflow, List<HistoryEntry> history) {
			return new Detail(workflow.id().toString(), workflow.domainName(), workflow.flowName(), workflow.phase(),
					workflow.status(), workflow.errorDescription(), workflow.isDeletionRequested(),
					workflow.remoteWorkflowId(), workflow.provenance(), workflow.remoteStatus(), workflow.requestedBy(),
					workflow.createdAt(), workflow.updatedAt(), history);
		}

	}

}
