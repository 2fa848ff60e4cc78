package io.profileworkflows.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriUtils;

/**
 * Has a request that waited for its body go on as if it had just come. The server comes
 * back to it as an asynchronous one; all behind this filter see the request as it was.
 */
class BodyArrivalFilter implements Filter {

	private static final String REQUEST = BodyArrivalFilter.class.getName();

	/**
	 * What is another path without its encoding: the server comes back to no such path.
	 */
	private static final Pattern STRANGE = Pattern.compile("/(/|\\.{1,2}(/|$))");

	private final Bodies bodies;

	BodyArrivalFilter(Bodies bodies) {
		this.bodies = bodies;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request.getDispatcherType() == DispatcherType.REQUEST) {
			request.setAttribute(REQUEST, request);
			if (isStrange(((HttpServletRequest) request).getRequestURI())) {
				((HttpServletResponse) response).sendError(HttpStatus.BAD_REQUEST.value());
				return;
			}
		}
		var body = AwaitedBody.of(request);
		if (request.getDispatcherType() != DispatcherType.ASYNC || body == null || !AwaitedBody.isAwaited(request)) {
			chain.doFilter(request, response);
			return;
		}
		var asItWas = asItWas(request);
		if (body.state() == AwaitedBody.State.WAITING) {
			bodies.start(body, asItWas);
			return;
		}
		body.answered();
		try {
			chain.doFilter(asItWas, response);
		}
		finally {
			bodies.leave(body);
		}
	}

	/** The request that the server comes back to. */
	static HttpServletRequest asItWas(ServletRequest request) {
		return (HttpServletRequest) request.getAttribute(REQUEST);
	}

	private static boolean isStrange(String path) {
		try {
			return path.indexOf('%') >= 0 && STRANGE.matcher(UriUtils.decode(path, StandardCharsets.UTF_8)).find();
		}
		catch (IllegalArgumentException _) {
			return true;
		}
	}

}
