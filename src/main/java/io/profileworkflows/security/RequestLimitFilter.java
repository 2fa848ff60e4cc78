package io.profileworkflows.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no caller take more than their share: as soon as it is known who calls, and before
 * anything is done for them.
 */
class RequestLimitFilter extends OncePerRequestFilter {

	private final RequestLimits limits;

	RequestLimitFilter(RequestLimits limits) {
		this.limits = limits;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var throttled = limits.request(Caller.current());
		if (throttled.isPresent()) {
			throttled.get().send(request, response);
			return;
		}
		chain.doFilter(request, response);
	}

}
