package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.profileworkflows.CapturedLog;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers show who they are with, looked for in all that the service says.
 */
@SecuredTest
class ConfidentialTests {

	private static final String MARKER = "pl4nted";

	private static final Map<String, Object> ROLES = Map.of("roles", List.of("submitter:own-*"));

	private final CapturedLog log = CapturedLog.begin();

	private final List<String> secrets = new ArrayList<>(List.of(SecuredTest.SECRET, MARKER));

	private final List<String> answers = new ArrayList<>();

	private final SampleRequest sample = SampleRequest.in("own-confidential");

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@AfterEach
	void end() {
		log.close();
	}

	@Test
	void keepsTokensAndSignaturesWhetherTheyAreGoodOrBad() {
		var good = Issuer.token("anna", ROLES);
		var expired = Issuer.sign(Issuer.claims("anna").expirationTime(Date.from(Instant.EPOCH)).build());
		var forged = Issuer.sign(Issuer.newKey(), Issuer.claims("anna").claim("email", MARKER).build());
		for (var token : List.of(good, expired, forged, MARKER, good + MARKER)) {
			secrets.add(token.substring(token.lastIndexOf('.') + 1));
			send(create().withToken(token));
		}
		send(create().signed("AKSUBMITTER", SecuredTest.SECRET));
		send(create().signed("AKSUBMITTER", SecuredTest.SECRET).tampered(uri -> uri, body -> body + " "));
		send(create().with("x-amz-security-token", MARKER).signed("AKSUBMITTER", SecuredTest.SECRET));
		send(create().signed("AKSUBMITTER", MARKER));
		send(create().signed("AKNOBODY", SecuredTest.SECRET));
		send(create().with("Authorization", "Basic " + MARKER));
		send(create().with("Authorization", "AWS4-HMAC-SHA256 Credential=" + MARKER));
		send(create().with("Cookie", "session=" + MARKER));
		send(Ask.to(port, "GET", "/workflows?access_token=" + MARKER));
		send(Ask.to(port, "GET", "/workflows?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=" + MARKER));

		assertThat(answers).noneMatch(this::tells);
		assertThat(log.lines()).isNotEmpty().noneMatch(this::tells);
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "configprops", "beans", "heapdump", "threaddump", "loggers", "logfile",
			"httpexchanges", "mappings", "conditions", "shutdown", "sessions", "flyway" })
	void doesNotShowItsInsideToAnybody(String endpoint) {
		var answer = Ask.to(managementPort, "GET", "/actuator/" + endpoint)
			.signed("AKEVERYWHERE", SecuredTest.SECRET)
			.send();

		assertThat(answer.status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "info", "health", "prometheus", "metrics", "outbox", "workflows" })
	void showsNoSecretToOperators(String endpoint) {
		var answer = Ask.to(managementPort, "GET", "/actuator/" + endpoint)
			.signed("AKEVERYWHERE", SecuredTest.SECRET)
			.send();

		assertThat(answer.text()).isNotEmpty().doesNotContain(SecuredTest.SECRET, "AKSUBMITTER");
	}

	@Test
	void hasNothingToTellInItsTextForms() {
		var known = new AccessKey("AKNEW", new Secret(MARKER), "anna", List.of("reader"), List.of("*"));
		var signature = Signature.parse("AWS4-HMAC-SHA256 Credential=AKNEW/20261124/eu-central-1/profile/aws4_request, "
				+ "SignedHeaders=host, Signature=" + "abcd".repeat(16));
		var request = new SignedRequest("POST", "/", null, Map.of("authorization", List.of(MARKER)), new byte[0]);
		var settings = new SecuritySettings(true, List.of(known), null, Duration.ofSeconds(1),
				new SecuritySettings.Claims("sub", "roles", "domains", Map.of()), List.of());

		assertThat(
				List.of(known, new AccessKeys.Known(new Secret(MARKER), known.owner()), signature, request, settings))
			.extracting(Objects::toString)
			.noneMatch(text -> text.contains(MARKER) || text.contains("abcd"));
	}

	private void send(Ask ask) {
		var authorization = ask.headers().getOrDefault("Authorization", "");
		if (authorization.contains("Signature=")) {
			secrets.add(authorization.substring(authorization.indexOf("Signature=") + "Signature=".length()));
		}
		var answer = ask.send();
		answers.add(answer.text() + answer.response().headers().map());
	}

	private Ask create() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json());
	}

	private boolean tells(String text) {
		return secrets.stream().anyMatch(text::contains);
	}

}
