package io.profileworkflows.submission.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.integration.Required;
import io.profileworkflows.workflow.WorkflowId;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The workflow at AWS that an operator takes for ours, and the reason.
 */
public record AdoptionBody(
		@JsonProperty("RemoteWorkflowId") @Required @Pattern(regexp = WorkflowId.PATTERN,
				message = "must be 32 hex digits of 0-9 and a-f") String remoteWorkflowId,
		@JsonProperty("Reason") @Required @Size(min = 1, max = 500,
				message = "must be 1 to 500 characters") String reason) {
}
