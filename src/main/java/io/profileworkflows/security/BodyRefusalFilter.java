package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests whose bodies did not arrive.
 */
class BodyRefusalFilter extends OncePerRequestFilter {

	/** AWS's name for it. */
	private static final String TOO_SLOW = "RequestTimeoutException";

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Duration time;

	BodyRefusalFilter(Duration time) {
		this.time = time;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		var body = AwaitedBody.of(request);
		if (body == null) {
			chain.doFilter(request, response);
			return;
		}
		switch (body.state()) {
			case WAITING, ARRIVING, COMPLETE -> chain.doFilter(request, response);
			case TOO_SLOW ->
				refuse("The body did not arrive within %s ms, or stopped arriving".formatted(time.toMillis()), request,
						response);
			case GAVE_WAY -> refuse("The body came slowly, and others waited", request, response);
			case NO_ROOM ->
				new Throttled("Too many large requests arrive at the same time", RETRY_AFTER).send(request, response);
		}
	}

	private static void refuse(String message, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		new Refusal(TOO_SLOW, message).attachTo(request);
		response.sendError(HttpStatus.REQUEST_TIMEOUT.value());
	}

}
