package io.profileworkflows.search.web;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.search.WorkflowPage;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.web.EpochSeconds;
import io.profileworkflows.workflow.web.WorkflowView;
import org.jspecify.annotations.Nullable;

/**
 * ListWorkflows' answer.
 */
record WorkflowListView(@JsonProperty("Items") List<Item> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {

	static WorkflowListView of(WorkflowPage page, WorkflowQuery query) {
		return new WorkflowListView(page.workflows().stream().map(Item::of).toList(),
				(page.next() != null) ? page.next().toToken(query) : null);
	}

	record Item(@JsonProperty("WorkflowType") String workflowType, @JsonProperty("WorkflowId") String workflowId,
			@JsonProperty("Status") Status status, @JsonProperty("StatusDescription") String statusDescription,
			@JsonProperty("CreatedAt") BigDecimal createdAt, @JsonProperty("LastUpdatedAt") BigDecimal lastUpdatedAt,
			@JsonProperty("Phase") Phase phase, @JsonProperty("FlowName") String flowName) {

		static Item of(Workflow workflow) {
			return new Item(WorkflowView.TYPE, workflow.id().toString(), workflow.status(),
					Objects.requireNonNullElse(workflow.errorDescription(), describe(workflow.phase())),
					EpochSeconds.of(workflow.createdAt()), EpochSeconds.of(workflow.updatedAt()), workflow.phase(),
					workflow.flowName());
		}

		private static String describe(Phase phase) {
			return switch (phase) {
				case ACCEPTED -> "Accepted; waits to be sent to Customer Profiles";
				case SUBMITTING -> "Being sent to Customer Profiles";
				case UNCONFIRMED -> "Sent; whether Customer Profiles made it is being found out";
				case NEEDS_REVIEW -> "Needs an operator to decide";
				case SUBMITTED -> "Runs at Customer Profiles";
				case FINISHED -> "Ended at Customer Profiles";
				case REJECTED -> "Refused";
				case CANCELLED -> "Deleted before it was sent";
				case DELETING -> "Being deleted at Customer Profiles";
				case DELETED -> "Deleted at Customer Profiles";
			};
		}

	}

}
