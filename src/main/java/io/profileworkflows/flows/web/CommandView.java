package io.profileworkflows.flows.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.flows.FlowCommands.Carried;
import org.jspecify.annotations.Nullable;

/**
 * What AppFlow made of a command.
 */
record CommandView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("FlowName") String flowName,
		@JsonProperty("FlowStatus") String flowStatus, @JsonProperty("ExecutionId") @Nullable String executionId) {

	static CommandView of(String workflowId, Carried carried) {
		return new CommandView(workflowId, carried.flowName(), carried.status(), carried.executionId());
	}

}
