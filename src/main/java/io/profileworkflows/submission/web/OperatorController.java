package io.profileworkflows.submission.web;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.submission.Operators;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.workflow.web.Documents;
import io.profileworkflows.workflow.web.Holds;
import io.profileworkflows.workflow.web.PathParts;
import io.profileworkflows.workflow.web.RequestDocument;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What operators decide: about workflows in review, and about pausing. Each with a
 * reason.
 */
@Tag(name = "Operators")
@RestController
@RequestMapping(produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class OperatorController {

	private final Operators operators;

	private final Documents documents;

	OperatorController(Operators operators, Documents documents) {
		this.operators = operators;
		this.documents = documents;
	}

	@Operation(operationId = "AdoptWorkflow", summary = "Takes a workflow at AWS for this one",
			description = "For a workflow in Phase NEEDS_REVIEW that AWS made after all. It is followed from then on.")
	@ApiResponse(responseCode = "200", description = "It is decided.")
	@ApiResponse(responseCode = "409",
			description = "The workflow is not in review, AWS does not know that id in the domain, or another workflow holds it.")
	@Requires(Role.OPERATOR)
	@PostMapping("/domains/{domainName}/workflows/{workflowId}/adopt")
	DecisionView adopt(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(AdoptionBody.class) RequestDocument document) {
		var body = documents.read(document, AdoptionBody.class).require();
		try {
			return new DecisionView(workflowId,
					operators.adopt(PathParts.domainName(domainName), PathParts.workflowId(workflowId),
							body.remoteWorkflowId(), new Decision(Caller.current().name(), body.reason())));
		}
		catch (CallFailed unanswered) {
			var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"Customer Profiles gave no answer about %s; try again".formatted(body.remoteWorkflowId()));
			throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, unanswered);
		}
	}

	@Operation(operationId = "ResubmitWorkflow", summary = "Sends a workflow again",
			description = "For a workflow in Phase NEEDS_REVIEW, after making sure that AWS did not make it.")
	@ApiResponse(responseCode = "200", description = "It is decided.")
	@ApiResponse(responseCode = "409",
			description = "The workflow is not in review, or an answer came late that says it is at AWS.")
	@Requires(Role.OPERATOR)
	@PostMapping("/domains/{domainName}/workflows/{workflowId}/resubmit")
	DecisionView resubmit(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document) {
		return new DecisionView(workflowId, operators.resubmit(PathParts.domainName(domainName),
				PathParts.workflowId(workflowId), decision(document)));
	}

	@Operation(operationId = "GiveUpWorkflow", summary = "Ends a workflow without result",
			description = "For a workflow in Phase NEEDS_REVIEW. Its FlowName is free again.")
	@ApiResponse(responseCode = "200", description = "It is decided.")
	@ApiResponse(responseCode = "409",
			description = "The workflow is not in review, or an answer came late that says it is at AWS.")
	@Requires(Role.OPERATOR)
	@PostMapping("/domains/{domainName}/workflows/{workflowId}/give-up")
	DecisionView giveUp(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document) {
		return new DecisionView(workflowId, operators.giveUp(PathParts.domainName(domainName),
				PathParts.workflowId(workflowId), decision(document)));
	}

	@Operation(operationId = "PauseDomain", summary = "Sends nothing to a domain until it is resumed",
			description = "Requests are taken on, and what is under way goes on.")
	@Requires(Role.OPERATOR)
	@PostMapping("/domains/{domainName}/pause")
	PauseView pause(@PathVariable String domainName, @Holds(ReasonBody.class) RequestDocument document) {
		operators.pause(PathParts.domainName(domainName), decision(document));
		return new PauseView(true);
	}

	@Operation(operationId = "ResumeDomain", summary = "Sends to a domain again",
			description = "No mistake where it is not paused.")
	@Requires(Role.OPERATOR)
	@PostMapping("/domains/{domainName}/resume")
	PauseView resume(@PathVariable String domainName, @Holds(ReasonBody.class) RequestDocument document) {
		operators.resume(PathParts.domainName(domainName), decision(document));
		return new PauseView(false);
	}

	@Operation(operationId = "PauseAllDomains", summary = "Sends nothing at all until that is resumed",
			description = "Requests are taken on, and what is under way goes on.")
	@Requires(Role.OPERATOR)
	@PostMapping("/pause")
	PauseView pauseAll(@Holds(ReasonBody.class) RequestDocument document) {
		operators.pauseAll(decision(document));
		return new PauseView(true);
	}

	@Operation(operationId = "ResumeAllDomains", summary = "Sends again",
			description = "Domains that are paused by themselves stay so.")
	@Requires(Role.OPERATOR)
	@PostMapping("/resume")
	PauseView resumeAll(@Holds(ReasonBody.class) RequestDocument document) {
		operators.resumeAll(decision(document));
		return new PauseView(false);
	}

	private Decision decision(RequestDocument document) {
		return new Decision(Caller.current().name(), documents.read(document, ReasonBody.class).require().reason());
	}

}
