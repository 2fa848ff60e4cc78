package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Does not wait for a body for longer than an honest caller needs to send it.
 */
class SlowBodyFilter extends OncePerRequestFilter {

	private final Duration time;

	SlowBodyFilter(Duration time) {
		this.time = time;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(new TimedRequest(request, time), response);
		}
		catch (BodyTooSlow _) {
			// what the server noted itself would make it a failure of its own
			request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
			// it may have said so by itself
			if (!response.isCommitted()) {
				response.sendError(HttpStatus.REQUEST_TIMEOUT.value());
			}
		}
	}

}
