package io.profileworkflows.workflow.web;

import java.util.Objects;

import io.profileworkflows.http.Problem;
import io.profileworkflows.http.Problems;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.IdempotencyKeyReused;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Explains what is wrong with one of many requests, in the words that a single request
 * would get.
 */
@Component
public class ItemProblems {

	private final WorkflowProblems workflows;

	private final Problems others;

	ItemProblems(WorkflowProblems workflows, Problems others) {
		this.workflows = workflows;
		this.others = others;
	}

	/** For the caller whose request this thread is answering. */
	public Problem of(RuntimeException failure) {
		return switch (failure) {
			case FlowNameTaken taken -> body(workflows.on(taken));
			case IdempotencyKeyReused reused -> body(workflows.on(reused));
			default -> others.of(failure);
		};
	}

	private static Problem body(ResponseEntity<Object> answer) {
		return (Problem) Objects.requireNonNull(answer.getBody());
	}

	public String errorTypeOf(Problem problem) {
		return Problem.errorTypeOf(problem.status());
	}

}
