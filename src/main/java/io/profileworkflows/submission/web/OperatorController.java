package io.profileworkflows.submission.web;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.PathParts;
import io.profileworkflows.http.ReasonBody;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.submission.Operators;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.workflow.web.EntityTags;
import io.profileworkflows.workflow.web.WorkflowIdPart;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What operators decide about workflows in review, each with a reason.
 */
@RestController
@RequestMapping(produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class OperatorController {

	private final Operators operators;

	private final Documents documents;

	OperatorController(Operators operators, Documents documents) {
		this.operators = operators;
		this.documents = documents;
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "AdoptWorkflow", path = "/domains/{domainName}/workflows/{workflowId}/adopt")
	DecisionView adopt(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(AdoptionBody.class) RequestDocument document, HttpServletRequest http) {
		var body = documents.read(document, AdoptionBody.class).require();
		try {
			return new DecisionView(workflowId,
					operators.adopt(PathParts.domainName(domainName), WorkflowIdPart.of(workflowId),
							body.remoteWorkflowId(),
							new Decision(Caller.current().name(), body.reason(), EntityTags.precondition(http))));
		}
		catch (CallFailed failure) {
			var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"Customer Profiles gave no answer about %s; try again".formatted(body.remoteWorkflowId()));
			throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, failure);
		}
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "ResubmitWorkflow", path = "/domains/{domainName}/workflows/{workflowId}/resubmit")
	DecisionView resubmit(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document, HttpServletRequest http) {
		return new DecisionView(workflowId, operators.resubmit(PathParts.domainName(domainName),
				WorkflowIdPart.of(workflowId), decision(document, http)));
	}

	@Requires(Role.OPERATOR)
	@PostMapping(name = "GiveUpWorkflow", path = "/domains/{domainName}/workflows/{workflowId}/give-up")
	DecisionView giveUp(@PathVariable String domainName, @PathVariable String workflowId,
			@Holds(ReasonBody.class) RequestDocument document, HttpServletRequest http) {
		return new DecisionView(workflowId, operators.giveUp(PathParts.domainName(domainName),
				WorkflowIdPart.of(workflowId), decision(document, http)));
	}

	private Decision decision(RequestDocument document, HttpServletRequest http) {
		return new Decision(Caller.current().name(), documents.read(document, ReasonBody.class).require().reason(),
				EntityTags.precondition(http));
	}

}
