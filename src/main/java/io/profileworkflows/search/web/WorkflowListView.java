package io.profileworkflows.search.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.pauses.Pause;
import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.search.WorkflowPage;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.StateInWords;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.web.WorkflowView;
import org.jspecify.annotations.Nullable;

/**
 * ListWorkflows' answer.
 */
record WorkflowListView(@JsonProperty("Items") List<Item> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {

	static WorkflowListView of(WorkflowPage page, WorkflowQuery query, PausedDomains paused) {
		return new WorkflowListView(
				page.workflows().stream().map(workflow -> Item.of(workflow, workflow.heldBy(paused))).toList(),
				(page.next() != null) ? page.next().toToken(query) : null);
	}

	record Item(@JsonProperty("WorkflowType") String workflowType, @JsonProperty("WorkflowId") String workflowId,
			@JsonProperty("Status") Status status, @JsonProperty("StatusDescription") String statusDescription,
			@JsonProperty("CreatedAt") BigDecimal createdAt, @JsonProperty("LastUpdatedAt") BigDecimal lastUpdatedAt,
			@JsonProperty("Phase") Phase phase, @JsonProperty("FlowName") String flowName,
			@JsonProperty("FlowHealth") @Nullable FlowHealth flowHealth) {

		static Item of(Workflow workflow, @Nullable Pause pause) {
			return new Item(WorkflowView.TYPE, workflow.id().toString(), workflow.status(),
					StateInWords.of(workflow, pause), EpochSeconds.of(workflow.createdAt()),
					EpochSeconds.of(workflow.updatedAt()), workflow.phase(), workflow.flowName(),
					workflow.flowHealth());
		}

	}

}
