package io.profileworkflows.workflow.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Violation;

/**
 * CreateIntegrationWorkflow's answer: AWS's members and what was worth a warning.
 */
record CreatedView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Message") String message,
		@JsonProperty("Warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> warnings) {
}
