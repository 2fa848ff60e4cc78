package io.profileworkflows.bulk.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.workflow.web.DryRunView;
import org.jspecify.annotations.Nullable;

/**
 * What came of one of many requests.
 *
 * @param statusCode that a create of this one alone would have
 */
record BulkItemView(@JsonProperty("Item") int item, @JsonProperty("Line") int line,
		@JsonProperty("StatusCode") int statusCode, @JsonProperty("DomainName") @Nullable String domainName,
		@JsonProperty("FlowName") @Nullable String flowName, @JsonProperty("WorkflowId") @Nullable String workflowId,
		@JsonProperty("Replayed") @Nullable Boolean replayed,
		@JsonProperty("Warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> warnings,
		@JsonProperty("ErrorType") @Nullable String errorType, @JsonProperty("Message") @Nullable String message,
		@JsonProperty("Violations") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations,
		@JsonProperty("DryRun") @Nullable DryRunView dryRun) {

	boolean isAccepted() {
		return workflowId != null && errorType == null || dryRun != null && dryRun.acceptable();
	}

}
