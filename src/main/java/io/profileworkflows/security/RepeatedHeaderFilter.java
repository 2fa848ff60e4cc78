package io.profileworkflows.security;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a request that has a header twice of which there is one: a proxy may have read
 * the other one of the two.
 */
class RepeatedHeaderFilter extends OncePerRequestFilter {

	private static final List<String> ONCE = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
			"Idempotency-Key", "amz-sdk-invocation-id", "Last-Event-ID");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		for (var name : ONCE) {
			if (Collections.list(request.getHeaders(name)).size() > 1) {
				new Refusal("BadRequestException", "The header %s must be there once".formatted(name))
					.attachTo(request);
				response.sendError(HttpStatus.BAD_REQUEST.value());
				return;
			}
		}
		chain.doFilter(request, response);
	}

}
