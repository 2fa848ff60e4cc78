package io.profileworkflows.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has every request written down that would change something, or that was refused.
 */
class AuditFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var isAnswered = false;
		try {
			chain.doFilter(request, response);
			isAnswered = true;
		}
		finally {
			writeDown(request, response, isAnswered);
		}
	}

	static void writeDown(HttpServletRequest request, HttpServletResponse response, boolean isAnswered) {
		if (!AwaitedBody.isAwaited(request)) {
			var line = AuditLine.of(request, response, isAnswered);
			if (line.isWorthIt()) {
				line.write();
			}
		}
	}

}
