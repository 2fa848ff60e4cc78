package io.profileworkflows.workflow.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Violation;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * CreateIntegrationWorkflow's answer: AWS's members and what was worth a warning.
 */
@Schema(name = "CreateIntegrationWorkflowResponse")
record CreatedView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Message") String message,
		@JsonProperty("Warnings") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> warnings) {
}
