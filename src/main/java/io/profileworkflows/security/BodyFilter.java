package io.profileworkflows.security;

import java.io.IOException;
import java.util.Objects;

import io.profileworkflows.integration.DocumentReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Waits for the bodies of those who have no signature. A stranger's is not kept, but is
 * read, so that the refusal arrives.
 */
class BodyFilter extends OncePerRequestFilter {

	private static final String ANYBODY = "anybody";

	private final Bodies bodies;

	BodyFilter(Bodies bodies) {
		this.bodies = bodies;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var caller = Caller.current();
		if (caller.isSigning() || !Bodies.hasBody(request)) {
			chain.doFilter(request, response);
			return;
		}
		var most = caller.hasRoles() ? Bodies.mostOf(request, DocumentReader.MAX_BYTES) : Bodies.KEEP_NOTHING;
		var read = bodies.await(request, Objects.requireNonNullElse(caller.identity(), ANYBODY), most);
		if (read != null) {
			chain.doFilter(read, response);
		}
	}

}
