package io.profileworkflows.watching.web;

import java.util.Objects;

import io.profileworkflows.http.Problem;
import io.profileworkflows.watching.TooManyWatchers;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers callers for whom there is no place left to wait. Comes before what answers
 * everything else.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class WatchingProblems {

	/** Seconds after which others may have stopped to wait. */
	private static final String COME_BACK_AFTER = "10";

	@ExceptionHandler
	ResponseEntity<Object> on(TooManyWatchers tooMany) {
		var headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, COME_BACK_AFTER);
		var status = tooMany.isOfOneCaller() ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE;
		var message = Objects.requireNonNull(tooMany.getMessage());
		return Problem.of(status, message + "; try again later, or ask without waiting")
			.toResponse(Problem.errorTypeOf(status.value()), headers);
	}

}
