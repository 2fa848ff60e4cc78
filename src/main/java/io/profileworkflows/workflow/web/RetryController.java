package io.profileworkflows.workflow.web;

import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.Retries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Another try at a workflow that failed, which AWS does not have.
 */
@Tag(name = OpenApiDescription.WORKFLOWS)
@RestController
class RetryController {

	private final Retries retries;

	private final AcceptedAnswers answers;

	RetryController(Retries retries, AcceptedAnswers answers) {
		this.retries = retries;
		this.answers = answers;
	}

	@Operation(operationId = "RetryWorkflow", summary = "Tries a failed workflow again", description = """
			For a workflow that is REJECTED, or that AWS says has FAILED: makes a new one of the same request, with \
			the same tags and requester, whose `RetryOf` names it. One that FAILED is deleted at AWS first, since its \
			flow may still hold the FlowName; nothing of the new one is sent before that. The request is checked \
			as of today: one whose schedule has ended meanwhile is refused.

			To ask twice is safe: a workflow is tried again once, and asking again is answered with the same new one. \
			If that fails, too, try that one again.""")
	@ApiResponse(responseCode = "202", description = "The new workflow is accepted, now or by an earlier request.")
	@ApiResponse(responseCode = "409", description = """
			The workflow has not failed; or another one has its FlowName by now; or it was adopted, and nobody who \
			may has confirmed its deletion.""")
	@Requires(Role.SUBMITTER)
	@PostMapping(path = "/domains/{domainName}/workflows/{workflowId}/retry",
			produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
	ResponseEntity<CreatedView> retry(@PathVariable String domainName, @PathVariable String workflowId,
			@RequestParam(name = "confirm-adopted", defaultValue = "false") boolean confirmAdopted) {
		PathParts.domainName(domainName);
		var caller = Caller.current();
		return answers.to(retries.retry(domainName, PathParts.workflowId(workflowId), caller.name(),
				confirmAdopted && caller.may(Role.OPERATOR, domainName)));
	}

}
