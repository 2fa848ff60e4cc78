package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.RSAKey;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * A token expires while its owner waits for a change. No stream here has another reason
 * to end within an hour.
 */
@SecuredTest
class TokenLifeTests {

	private static final RSAKey KEY = Issuer.newKey();

	private static final List<String> ROLES = List.of("submitter:own-*");

	private final SampleRequest sample = SampleRequest.in("own-revoked");

	@LocalServerPort
	int port;

	@Test
	void endsAStream() {
		var workflow = create();

		var stream = assertTimeoutPreemptively(Duration.ofSeconds(60),
				() -> Ask.to(port, "GET", workflow)
					.with("Accept", "text/event-stream")
					.withToken(expiringIn(Duration.ofSeconds(3)))
					.send());

		assertThat(stream.status()).isEqualTo(200);
		assertThat(stream.text()).contains("event: workflow").doesNotContain("event: end");
	}

	@Test
	void endsAWaitWithoutAnAnswer() {
		var refused = Ask.to(port, "GET", create())
			.with("Prefer", "wait=4")
			.withToken(expiringIn(Duration.ofSeconds(2)))
			.send();

		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.errorType()).isEqualTo("AccessDeniedException");
	}

	@Test
	void comesWithEveryToken() {
		var endless = Issuer.sign(Issuer.claims("susan").expirationTime(null).claim("roles", ROLES).build());

		var refused = Ask.to(port, "GET", "/workflows").withToken(endless).send();

		assertThat(refused.status()).isEqualTo(401);
	}

	/** Whatever keys are named. */
	@Test
	void fetchesKeysSeldom() {
		var before = Issuer.fetches();

		for (int number = 0; number < 100; number++) {
			var token = Issuer.sign(KEY, "unknown-" + number, Issuer.claims("susan").build());
			assertThat(Ask.to(port, "GET", "/workflows").withToken(token).send().status()).isEqualTo(401);
		}

		assertThat(Issuer.fetches() - before).isLessThan(10);
	}

	private String create() {
		var created = Ask.to(port, "POST", sample.path())
			.withBody(sample.json())
			.withToken(expiringIn(Duration.ofMinutes(1)));
		return String.valueOf(created.send().header("Location"));
	}

	private static String expiringIn(Duration time) {
		return Issuer.token("susan", Map.of("roles", ROLES, "exp", Date.from(Instant.now().plus(time))));
	}

}
