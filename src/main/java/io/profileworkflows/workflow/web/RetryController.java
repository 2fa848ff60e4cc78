package io.profileworkflows.workflow.web;

import io.profileworkflows.http.Flag;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Retries;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Another try at a workflow that failed, which AWS does not have.
 */
@RestController
class RetryController {

	private final Retries retries;

	private final AcceptedAnswers answers;

	RetryController(Retries retries, AcceptedAnswers answers) {
		this.retries = retries;
		this.answers = answers;
	}

	@Requires(value = Role.SUBMITTER, makesOnce = true)
	@PostMapping(name = "RetryWorkflow", path = "/domains/{domainName}/workflows/{workflowId}/retry",
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
	ResponseEntity<CreatedView> retry(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = WorkflowController.CONFIRM_ADOPTED, required = false) @Nullable String confirmAdopted,
			HttpServletRequest http) {
		PathParts.domainName(domainName);
		var isConfirmed = Flag.of(WorkflowController.CONFIRM_ADOPTED, confirmAdopted);
		var caller = Caller.current();
		return answers.to(retries.retry(domainName, WorkflowIdPart.of(workflowId), caller.name(),
				isConfirmed && caller.may(Role.OPERATOR, domainName), EntityTags.precondition(http)));
	}

}
