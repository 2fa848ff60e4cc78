package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.workflow.Step;
import org.jspecify.annotations.Nullable;

/**
 * GetWorkflowSteps' answer.
 */
record StepListView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("WorkflowType") String workflowType,
		@JsonProperty("Items") List<Item> items, @JsonProperty("NextToken") @Nullable String nextToken) {

	record Item(@JsonProperty("AppflowIntegration") AppflowStep appflowIntegration) {

		static Item of(Step step) {
			return new Item(new AppflowStep(step.flowName(), step.status(), step.executionMessage(),
					step.recordsProcessed(), step.batchRecordsStartTime(), step.batchRecordsEndTime(),
					EpochSeconds.of(step.createdAt()), EpochSeconds.of(step.lastUpdatedAt())));
		}

	}

	record AppflowStep(@JsonProperty("FlowName") String flowName, @JsonProperty("Status") String status,
			@JsonProperty("ExecutionMessage") String executionMessage,
			@JsonProperty("RecordsProcessed") long recordsProcessed,
			@JsonProperty("BatchRecordsStartTime") String batchRecordsStartTime,
			@JsonProperty("BatchRecordsEndTime") String batchRecordsEndTime,
			@JsonProperty("CreatedAt") BigDecimal createdAt, @JsonProperty("LastUpdatedAt") BigDecimal lastUpdatedAt) {
	}

}
