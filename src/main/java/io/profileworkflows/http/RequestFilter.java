package io.profileworkflows.http;

import java.io.IOException;
import java.util.UUID;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id, as AWS does, and refuses those that this service sent itself:
 * its endpoint for Customer Profiles points at it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

	static final String REQUEST_ID = "x-amzn-RequestId";

	/** What this service's own calls carry; the adapter for Customer Profiles sets it. */
	private static final String HOP = "x-profile-workflows-hop";

	private static final String IN_LOGS = "requestId";

	private final JsonMapper json;

	RequestFilter(JsonMapper json) {
		this.json = json;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var requestId = requestId(request);
		response.setHeader(REQUEST_ID, requestId);
		MDC.put(IN_LOGS, requestId);
		try {
			if (request.getHeader(HOP) != null) {
				refuseOwnCall(response);
			}
			else {
				chain.doFilter(new OneLanguage(request), response);
			}
		}
		finally {
			MDC.remove(IN_LOGS);
		}
	}

	/**
	 * The same where the server comes back to a request: to its error, or to its answer.
	 */
	private static String requestId(HttpServletRequest request) {
		if (request.getAttribute(REQUEST_ID) instanceof String known) {
			return known;
		}
		var requestId = UUID.randomUUID().toString();
		request.setAttribute(REQUEST_ID, requestId);
		return requestId;
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	private void refuseOwnCall(HttpServletResponse response) throws IOException {
		var problem = Problem.of(HttpStatus.LOOP_DETECTED,
				"This service was pointed at itself: its endpoint for Customer Profiles must be AWS's");
		response.setStatus(problem.status());
		response.setHeader(Problem.ERROR_TYPE, Problem.errorTypeOf(problem.status()));
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(json.writeValueAsBytes(problem));
	}

}
