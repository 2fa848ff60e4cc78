package io.profileworkflows.operations.web;

import java.util.Arrays;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.Paging;
import io.profileworkflows.http.Problem;
import io.profileworkflows.operations.BulkOperation;
import io.profileworkflows.operations.ItemOutcome;
import io.profileworkflows.operations.OperationId;
import io.profileworkflows.operations.OperationItem;
import io.profileworkflows.operations.OperationNotFound;
import io.profileworkflows.operations.Operations;
import io.profileworkflows.operations.PreviewUnusable;
import io.profileworkflows.operations.TooManyFound;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Shows how far actions on many workflows are, and stops them.
 */
@RestController
@RequestMapping(path = "/operations", produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class OperationController {

	private static final int MOST_REFUSED = 20;

	private static final String LIST = "operations";

	private static final String OUTCOME = "outcome";

	private final Operations operations;

	OperationController(Operations operations) {
		this.operations = operations;
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "GetOperation", path = "/{operationId}")
	OperationView show(@PathVariable String operationId) {
		var operation = operations.require(id(operationId), Caller.current());
		return OperationView.of(operation, operations.refusedOf(operation.id(), MOST_REFUSED));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "ListOperations")
	OperationListView list(@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		var paging = Paging.of(maxResults, nextToken);
		var found = operations.list(Caller.current(), paging.offsetBelow(LIST), paging.maxResults() + 1);
		return new OperationListView(paging.page(found).stream().map(OperationView::of).toList(),
				paging.next(LIST, found, BulkOperation::number));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "ListOperationItems", path = "/{operationId}/items")
	OperationItemListView items(@PathVariable String operationId,
			@RequestParam(name = OUTCOME, required = false) @Nullable String outcome,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		var paging = Paging.of(maxResults, nextToken);
		var operation = operations.require(id(operationId), Caller.current());
		var wanted = (outcome != null) ? outcome(outcome) : null;
		var list = "items of %s, %s".formatted(operation.id(), wanted);
		var found = operations.items(operation.id(), wanted, paging.offset(list), paging.maxResults() + 1);
		return OperationItemListView.of(operation, paging.page(found),
				paging.next(list, found, OperationItem::position));
	}

	private static ItemOutcome.Kind outcome(String text) {
		return Arrays.stream(ItemOutcome.Kind.values())
			.filter(outcome -> outcome.name().equals(text))
			.findFirst()
			.orElseThrow(() -> new BadParameter(OUTCOME, "must be DONE, UNCHANGED or REFUSED"));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "CancelOperation", path = "/{operationId}/cancel")
	OperationView cancel(@PathVariable String operationId, HttpServletRequest http) {
		IfMatch.requireNone(http);
		return OperationView.of(operations.cancel(id(operationId), Caller.current()));
	}

	private static OperationId id(String text) {
		return OperationId.parse(text)
			.orElseThrow(() -> new BadParameter("OperationId", "must be 32 hex digits of 0-9 and a-f"));
	}

	/**
	 * What can go wrong here and nowhere else.
	 */
	@RestControllerAdvice
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class OperationProblems {

		@ExceptionHandler
		ResponseEntity<Object> on(OperationNotFound notFound) {
			return Problem.of(HttpStatus.NOT_FOUND, String.valueOf(notFound.getMessage())).toResponse();
		}

		@ExceptionHandler
		ResponseEntity<Object> on(PreviewUnusable unusable) {
			return Problem.of(HttpStatus.CONFLICT, String.valueOf(unusable.getMessage())).toResponse();
		}

		@ExceptionHandler
		ResponseEntity<Object> on(TooManyFound tooMany) {
			return Problem.of(HttpStatus.BAD_REQUEST, String.valueOf(tooMany.getMessage())).toResponse();
		}

	}

}
