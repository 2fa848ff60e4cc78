package io.profileworkflows.workflow.web;

import java.util.Objects;

import io.profileworkflows.integration.DocumentTooLarge;
import io.profileworkflows.integration.InvalidDocument;
import io.profileworkflows.security.NotVisible;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.workflow.FlowNameTaken;
import io.profileworkflows.workflow.IdempotencyKeyReused;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Says what went wrong with one of many, as it would be said of that one alone.
 */
@Component
public class ItemProblems {

	private final Problems problems;

	ItemProblems(Problems problems) {
		this.problems = problems;
	}

	/** For the caller whose request this thread is answering. */
	public Problem of(RuntimeException failure) {
		var answer = switch (failure) {
			case InvalidDocument invalid -> problems.on(invalid);
			case DocumentTooLarge tooLarge -> problems.on(tooLarge);
			case FlowNameTaken taken -> problems.on(taken);
			case IdempotencyKeyReused reused -> problems.on(reused);
			case ResourceNotAllowed notAllowed -> problems.on(notAllowed);
			case AccessDeniedException denied -> problems.on(denied);
			case NotVisible notVisible -> problems.on(notVisible);
			default -> problems.on((Exception) failure);
		};
		return (Problem) Objects.requireNonNull(answer.getBody());
	}

	public String errorTypeOf(Problem problem) {
		return Problem.errorTypeOf(problem.status());
	}

}
