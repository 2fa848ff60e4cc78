package io.profileworkflows.integration;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What AppFlow shall do. AWS marks it as sensitive, so its text form shows only its name.
 */
@Consistent
@Advisable(payload = Warning.class)
public record FlowDefinition(@JsonProperty("Description") @Nullable @Pattern(regexp = "[\\w!@#\\-.?,\\s]{0,2048}",
		message = "must be at most 2048 characters of a-z, A-Z, 0-9, white space and _ ! @ # - . ? and ,") String description,
		@JsonProperty("FlowName") @Required @FlowName String flowName,
		@JsonProperty("KmsArn") @Required @KmsArn String kmsArn,
		@JsonProperty("SourceFlowConfig") @Required @Valid SourceFlowConfig sourceFlowConfig,
		@JsonProperty("Tasks") @Required @Size(min = 1,
				message = "must have at least one task") List<@Valid Task> tasks,
		@JsonProperty("TriggerConfig") @Required @Valid TriggerConfig triggerConfig) {

	public FlowDefinition {
		tasks = Copies.ofRequired(tasks);
	}

	@Override
	public String toString() {
		return "FlowDefinition[flowName=" + flowName + "]";
	}

}
