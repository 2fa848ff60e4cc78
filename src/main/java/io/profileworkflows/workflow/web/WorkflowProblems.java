package io.profileworkflows.workflow.web;

import java.util.List;

import io.profileworkflows.http.Problem;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.AdoptionUnconfirmed;
import io.profileworkflows.workflow.ChangedMeanwhile;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.IdempotencyKeyReused;
import io.profileworkflows.workflow.WorkflowNotFound;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what keeps a workflow from being created, found or changed. Comes before what
 * answers everything else.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class WorkflowProblems {

	@ExceptionHandler
	ResponseEntity<Object> on(WorkflowNotFound notFound) {
		return Problem.of(HttpStatus.NOT_FOUND, Problem.said(notFound)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(FlowNameTaken taken) {
		var advice = ", and AppFlow knows each name only once: choose another FlowName";
		var domainName = taken.domainName();
		if (domainName == null || !Caller.current().may(Role.READER, domainName)) {
			return Problem.of(HttpStatus.CONFLICT, Problem.said(taken) + advice).toResponse();
		}
		var message = "FlowName %s belongs to workflow %s%s, or delete that workflow".formatted(taken.flowName(),
				taken.holder(), advice);
		return Problem.of(HttpStatus.CONFLICT, message, List.of(), taken.holder().toString()).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(IdempotencyKeyReused reused) {
		return Problem
			.of(HttpStatus.UNPROCESSABLE_CONTENT, Problem.said(reused), List.of(), reused.workflow().toString())
			.toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(ChangedMeanwhile changed) {
		return Problem.of(HttpStatus.PRECONDITION_FAILED, Problem.said(changed)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(ActionImpossible impossible) {
		return Problem.of(HttpStatus.CONFLICT, Problem.said(impossible)).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(AdoptionUnconfirmed unconfirmed) {
		return Problem.of(HttpStatus.CONFLICT, Problem.said(unconfirmed)).toResponse();
	}

}
