package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests whose bodies did not arrive.
 */
class BodyRefusalFilter extends OncePerRequestFilter {

	/** AWS's name for it. */
	private static final String TOO_SLOW = "RequestTimeoutException";

	private static final String GAVE_WAY = "The body came slowly, and others waited";

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
			goOn(request, response, chain);
			return;
		}
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			if (AwaitedBody.isAwaited(request)) {
				explain(body, request, response);
			}
			chain.doFilter(request, response);
			return;
		}
		switch (body.state()) {
			case WAITING, ARRIVING, COMPLETE -> goOn(request, response, chain);
			case TOO_SLOW -> refuse(tooSlow(), request, response);
			case GAVE_WAY -> refuse(GAVE_WAY, request, response);
			case NO_ROOM ->
				new Throttled("Too many large requests arrive at the same time", RETRY_AFTER).send(request, response);
		}
	}

	private static void goOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ClientAbortException _) {
			// the client is gone
			response.setStatus(HttpStatus.BAD_REQUEST.value());
		}
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	/**
	 * The server has timed out before {@link Bodies} did, as on a busy machine. It takes
	 * that for a failure of the service.
	 */
	private void explain(AwaitedBody body, HttpServletRequest request, HttpServletResponse response) {
		var message = switch (body.state()) {
			case TOO_SLOW -> tooSlow();
			case GAVE_WAY -> GAVE_WAY;
			case WAITING, ARRIVING, COMPLETE, NO_ROOM -> null;
		};
		if (message == null) {
			return;
		}
		body.answered();
		new Refusal(TOO_SLOW, message).attachTo(request);
		request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, HttpStatus.REQUEST_TIMEOUT.value());
		response.setStatus(HttpStatus.REQUEST_TIMEOUT.value());
		AuditFilter.writeDown(BodyArrivalFilter.asItWas(request), response, true);
	}

	private String tooSlow() {
		return "The body did not arrive within %s ms, or stopped arriving".formatted(time.toMillis());
	}

	private static void refuse(String message, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		new Refusal(TOO_SLOW, message).attachTo(request);
		response.sendError(HttpStatus.REQUEST_TIMEOUT.value());
	}

}
