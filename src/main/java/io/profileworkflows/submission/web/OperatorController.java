package io.profileworkflows.submission.web;

import java.util.regex.Pattern;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.submission.Operators;
import io.profileworkflows.submission.Operators.Decision;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.web.BadParameter;
import io.profileworkflows.workflow.web.Caller;
import io.profileworkflows.workflow.web.RequestDocument;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What operators decide: about workflows in review, and about pausing. Each with a
 * reason.
 */
@RestController
class OperatorController {

	private static final Pattern DOMAIN_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private final Operators operators;

	private final DocumentReader documents;

	OperatorController(Operators operators, DocumentReader documents) {
		this.operators = operators;
		this.documents = documents;
	}

	@PostMapping("/domains/{domainName}/workflows/{workflowId}/adopt")
	DecisionView adopt(@PathVariable String domainName, @PathVariable String workflowId, RequestDocument document,
			HttpServletRequest http) {
		var actor = operator(http);
		var body = documents.read(document.content(), document.format(), AdoptionBody.class).require();
		try {
			return new DecisionView(workflowId, operators.adopt(domain(domainName), idOf(workflowId),
					body.remoteWorkflowId(), new Decision(actor, body.reason())));
		}
		catch (CallFailed unanswered) {
			var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"Customer Profiles gave no answer about %s; try again".formatted(body.remoteWorkflowId()));
			throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, unanswered);
		}
	}

	@PostMapping("/domains/{domainName}/workflows/{workflowId}/resubmit")
	DecisionView resubmit(@PathVariable String domainName, @PathVariable String workflowId, RequestDocument document,
			HttpServletRequest http) {
		return new DecisionView(workflowId,
				operators.resubmit(domain(domainName), idOf(workflowId), decision(document, http)));
	}

	@PostMapping("/domains/{domainName}/workflows/{workflowId}/give-up")
	DecisionView giveUp(@PathVariable String domainName, @PathVariable String workflowId, RequestDocument document,
			HttpServletRequest http) {
		return new DecisionView(workflowId,
				operators.giveUp(domain(domainName), idOf(workflowId), decision(document, http)));
	}

	@PostMapping("/domains/{domainName}/pause")
	PauseView pause(@PathVariable String domainName, RequestDocument document, HttpServletRequest http) {
		operators.pause(domain(domainName), decision(document, http));
		return new PauseView(true);
	}

	@PostMapping("/domains/{domainName}/resume")
	PauseView resume(@PathVariable String domainName, RequestDocument document, HttpServletRequest http) {
		operators.resume(domain(domainName), decision(document, http));
		return new PauseView(false);
	}

	@PostMapping("/pause")
	PauseView pauseAll(RequestDocument document, HttpServletRequest http) {
		operators.pauseAll(decision(document, http));
		return new PauseView(true);
	}

	@PostMapping("/resume")
	PauseView resumeAll(RequestDocument document, HttpServletRequest http) {
		operators.resumeAll(decision(document, http));
		return new PauseView(false);
	}

	private Decision decision(RequestDocument document, HttpServletRequest http) {
		var actor = operator(http);
		return new Decision(actor,
				documents.read(document.content(), document.format(), ReasonBody.class).require().reason());
	}

	private static String operator(HttpServletRequest http) {
		return Caller.of(http).requireOperator().name();
	}

	private static WorkflowId idOf(String workflowId) {
		return WorkflowId.parse(workflowId)
			.orElseThrow(() -> new BadParameter("WorkflowId", "must be 32 hex digits of 0-9 and a-f"));
	}

	private static String domain(String domainName) {
		if (!DOMAIN_NAME.matcher(domainName).matches()) {
			throw new BadParameter("DomainName", "must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -");
		}
		return domainName;
	}

}
