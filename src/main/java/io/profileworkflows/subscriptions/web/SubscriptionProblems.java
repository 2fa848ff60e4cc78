package io.profileworkflows.subscriptions.web;

import java.util.Objects;

import io.profileworkflows.http.Problem;
import io.profileworkflows.subscriptions.SubscriptionNotFound;
import io.profileworkflows.subscriptions.SubscriptionRefused;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what is wrong with a subscription. Comes before what answers everything else.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class SubscriptionProblems {

	@ExceptionHandler
	ResponseEntity<Object> on(SubscriptionNotFound notFound) {
		return Problem.of(HttpStatus.NOT_FOUND, Objects.requireNonNull(notFound.getMessage())).toResponse();
	}

	@ExceptionHandler
	ResponseEntity<Object> on(SubscriptionRefused refused) {
		return Problem.of(HttpStatus.CONFLICT, Objects.requireNonNull(refused.getMessage())).toResponse();
	}

}
