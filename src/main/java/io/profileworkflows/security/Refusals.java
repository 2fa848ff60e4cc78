package io.profileworkflows.security;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Sends strangers away, as an error of the server, so that the answer is like that of all
 * others.
 *
 * @param tokens whether a bearer token would let them in
 * @param signatures whether a signature would
 */
record Refusals(boolean tokens, boolean signatures,
		RequestLimits limits) implements AuthenticationEntryPoint, AuthenticationFailureHandler {

	private static final BearerTokenAuthenticationEntryPoint CHALLENGE = new BearerTokenAuthenticationEntryPoint();

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		var refused = refused(failure);
		var throttled = refused.status().is4xxClientError() ? limits.failure(request.getRemoteAddr())
				: Optional.<Throttled>empty();
		if (throttled.isPresent()) {
			throttled.get().send(request, response);
			return;
		}
		if (tokens && isForWantOfAToken(failure)) {
			CHALLENGE.commence(request, response, failure);
		}
		new Refusal(refused.errorType(), refused.said()).attachTo(request);
		response.sendError(refused.status().value());
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		commence(request, response, failure);
	}

	private static boolean isForWantOfAToken(AuthenticationException failure) {
		return !(failure instanceof Refused || failure instanceof AuthenticationServiceException);
	}

	private Refused refused(AuthenticationException failure) {
		return switch (failure) {
			case Refused refused -> refused;
			case OAuth2AuthenticationException _ -> Refused.token("The bearer token is not valid: it may have expired, "
					+ "be meant for another audience, or come from another issuer");
			case AuthenticationServiceException _ -> Refused.cannotTell();
			default -> Refused.unsigned("The request does not say who sends it: " + whatToDo());
		};
	}

	private String whatToDo() {
		var sign = "sign it with an access key of this service (for the AWS CLI: leave out --no-sign-request, and set "
				+ "--profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)";
		var show = "send a bearer token (%s: Bearer ...)".formatted(HttpHeaders.AUTHORIZATION);
		if (tokens && signatures) {
			return sign + ", or " + show;
		}
		return signatures ? sign : show;
	}

}
