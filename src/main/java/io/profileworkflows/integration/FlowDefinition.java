package io.profileworkflows.integration;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What AppFlow is to do. AWS marks it sensitive, so its text form shows no more than its
 * name.
 */
public record FlowDefinition(@JsonProperty("Description") @Nullable String description,
		@JsonProperty("FlowName") String flowName, @JsonProperty("KmsArn") String kmsArn,
		@JsonProperty("SourceFlowConfig") SourceFlowConfig sourceFlowConfig, @JsonProperty("Tasks") List<Task> tasks,
		@JsonProperty("TriggerConfig") TriggerConfig triggerConfig) {

	public FlowDefinition {
		tasks = Copies.ofRequired(tasks);
	}

	@Override
	public String toString() {
		return "FlowDefinition[flowName=" + flowName + "]";
	}

}
