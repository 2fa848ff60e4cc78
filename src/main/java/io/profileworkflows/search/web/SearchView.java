package io.profileworkflows.search.web;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.deployment.Deployment;
import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.search.StatusCounts;
import io.profileworkflows.search.WorkflowPage;
import io.profileworkflows.search.WorkflowQuery;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.web.WorkflowView;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a search across domains found.
 */
record SearchView(@JsonProperty("Items") List<WorkflowView> items,
		@JsonProperty("NextToken") @Nullable String nextToken,
		@JsonProperty("Counts") @Nullable Map<Status, Long> counts,
		@JsonProperty("CountsComplete") @Nullable Boolean countsComplete) {

	static SearchView of(WorkflowPage page, WorkflowQuery query, @Nullable StatusCounts counts, PausedDomains paused,
			Deployment deployment) {
		return new SearchView(
				page.workflows()
					.stream()
					.map(workflow -> WorkflowView.of(workflow, workflow.heldBy(paused), deployment))
					.toList(),
				(page.next() != null) ? page.next().toToken(query) : null, (counts != null) ? counts.byStatus() : null,
				(counts != null) ? counts.complete() : null);
	}

}
