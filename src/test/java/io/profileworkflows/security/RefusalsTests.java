package io.profileworkflows.security;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void adviseWhatWouldHelp() throws IOException {
		var nobody = new InsufficientAuthenticationException("nobody");

		assertThat(refusal(refusals(true, true), nobody).message()).contains("--no-sign-request", "bearer token");
		assertThat(refusal(refusals(false, true), nobody).message()).contains("--no-sign-request")
			.doesNotContain("token");
		assertThat(refusal(refusals(true, false), nobody).message()).contains("bearer token").doesNotContain("sign it");
		assertThat(response.getStatus()).isEqualTo(403);
	}

	@Test
	void challengeOnlyWhereTokensHelp() throws IOException {
		refusal(refusals(false, true), new InsufficientAuthenticationException("nobody"));
		assertThat(response.getHeader("WWW-Authenticate")).isNull();

		refusal(refusals(true, true), new InvalidBearerTokenException("expired"));
		assertThat(response.getHeader("WWW-Authenticate")).contains("invalid_token");
		assertThat(response.getStatus()).isEqualTo(401);
	}

	@Test
	void takeTwoTokensForAnInvalidOne() throws IOException {
		refusal(refusals(true, true), new OAuth2AuthenticationException("invalid_request"));

		assertThat(response.getStatus()).isEqualTo(401);
	}

	@Test
	void doNotBlameTheCallerWhenTheIssuerIsAway() throws IOException {
		var refusal = refusal(refusals(true, true), new AuthenticationServiceException("no keys"));

		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getHeader("WWW-Authenticate")).isNull();
		assertThat(refusal.errorType()).isEqualTo("ServiceUnavailableException");
	}

	private static Refusals refusals(boolean tokens, boolean signatures) {
		return new Refusals(tokens, signatures,
				new RequestLimits(new LimitsSettings(1, 1, 1000, Duration.ofSeconds(1))));
	}

	private Refusal refusal(Refusals refusals, AuthenticationException failure) throws IOException {
		response = new MockHttpServletResponse();
		refusals.commence(request, response, failure);
		return Refusal.of(request).orElseThrow();
	}

}
