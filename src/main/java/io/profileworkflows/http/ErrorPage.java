package io.profileworkflows.http;

import java.util.UUID;

import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.security.Refusal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what is refused before it reaches an operation, by the server or its guards.
 */
@RestController
class ErrorPage implements ErrorController {

	@ForAnyCaller
	@RequestMapping("${server.error.path:/error}")
	@Nullable ResponseEntity<Object> show(HttpServletRequest request, HttpServletResponse response) {
		if (response.isCommitted()) {
			// a stream whose reader has left
			return null;
		}
		if (!response.containsHeader(RequestFilter.REQUEST_ID)) {
			// refused before it could be given one
			response.setHeader(RequestFilter.REQUEST_ID, UUID.randomUUID().toString());
		}
		var status = statusOf(request);
		var refusal = Refusal.of(request);
		if (refusal.isPresent()) {
			return Problem.of(status, refusal.get().message()).toResponse(refusal.get().errorType());
		}
		return Problem.of(status, switch (status) {
			case FORBIDDEN -> "The caller may not do this";
			case NOT_FOUND -> "There is no operation at this path";
			default -> status.is5xxServerError() ? "The service failed; its log says more under this request id"
					: Problem.MALFORMED;
		}).toResponse();
	}

	private static HttpStatus statusOf(HttpServletRequest request) {
		if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof BadRequestException) {
			// of a body, which the server reads before an operation is asked for
			return HttpStatus.BAD_REQUEST;
		}
		var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		var status = (code instanceof Integer number) ? HttpStatus.resolve(number) : null;
		return (status != null) ? status : HttpStatus.NOT_FOUND;
	}

}
