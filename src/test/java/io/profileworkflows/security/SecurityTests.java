package io.profileworkflows.security;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SecuredTest
class SecurityTests {

	private static final Map<String, Object> ROLES = Map.of("roles", List.of("submitter"), "domains", List.of("own-*"));

	private final SampleRequest sample = SampleRequest.in("own-tokens");

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@Test
	void letsInWhoeverHasAValidToken() {
		var created = create().withToken(Issuer.token("anna", ROLES)).send();
		assertThat(created.status()).isEqualTo(202);

		var shown = Ask.to(port, "GET", created.header("Location")).withToken(Issuer.token("anna", ROLES)).send();
		assertThat(shown.status()).isEqualTo(200);
		assertThat(shown.body().path("RequestedBy").asString()).isEqualTo("anna");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/workflows", "/domains/own-x/workflows", "/v3/api-docs", "/nowhere",
			"/tags/arn%3Aaws%3Aprofile%3Aeu-central-1%3A123456789012%3Adomains%2Fretail" })
	void wantsToKnowWhoAsks(String path) {
		var refused = Ask.to(port, "GET", path).send();

		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.errorType()).isEqualTo("MissingAuthenticationTokenException");
		assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.header("x-amzn-RequestId")).isNotNull();
		assertThat(refused.message()).contains("--no-sign-request", "AWS_ACCESS_KEY_ID", "bearer token");
	}

	@Test
	void takesOnNothingFromNobody() {
		assertThat(create().send().status()).isEqualTo(403);
	}

	@Test
	void refusesATokenThatAnotherSigned() {
		isRefused(Issuer.sign(Issuer.newKey(), claims().build()));
	}

	@Test
	void refusesATokenThatHasExpired() {
		isRefused(Issuer.sign(claims().expirationTime(Date.from(Instant.now().minusSeconds(600))).build()));
	}

	@Test
	void refusesATokenForAnotherAudience() {
		isRefused(Issuer.sign(claims().audience("another-service").build()));
		isRefused(Issuer.sign(claims().audience((String) null).build()));
	}

	@Test
	void refusesATokenOfNobody() {
		isRefused(Issuer.sign(claims().subject(null).build()));
		isRefused(Issuer.sign(claims().subject("x".repeat(Names.LONGEST + 1)).build()));
		isRefused(Issuer.sign(claims().subject("anna\n").build()));
	}

	@Test
	void refusesWhatIsNoToken() {
		isRefused("nonsense");
	}

	@Test
	void tellsACallerWithoutRolesSo() {
		var refused = Ask.to(port, "GET", "/workflows").withToken(Issuer.token("nora", Map.of())).send();

		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.errorType()).isEqualTo("AccessDeniedException");
		assertThat(refused.message()).isEqualTo("This caller has no role in any domain");
	}

	@Test
	void keepsCallersOfTheSameNameApart() {
		var first = create().with("Idempotency-Key", "1").withToken(Issuer.token("susan", ROLES)).send();
		var second = Ask.to(port, "POST", sample.path())
			.withBody(SampleRequest.in("own-tokens").json())
			.with("Idempotency-Key", "1")
			.signed("AKSUBMITTER", SecuredTest.SECRET)
			.send();

		assertThat(first.status()).isEqualTo(202);
		assertThat(second.status()).as("susan's own key, where the request is signed").isEqualTo(202);
		assertThat(second.header("Idempotency-Replayed")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
			"/actuator/prometheus" })
	void letsAnybodySeeHealthAndMetrics(String path) {
		assertThat(Ask.to(managementPort, "GET", path).send().status()).isEqualTo(200);
	}

	/** Load balancers that can check no other port have no credentials. */
	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void letsAnybodySeeOnTheApisPortWhetherItIsWell(String path) {
		var answer = Ask.to(port, "GET", path).send();

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez/db", "/readyz/db", "/readyz/", "/readyz;a=b", "//readyz", "/healthz", "/actuator",
			"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus", "/health" })
	void showsAnybodyNothingElseThere(String path) {
		assertThat(Ask.to(port, "GET", path).send().status()).isIn(400, 403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE" })
	void letsNobodyChangeAnythingThere(String method) {
		assertThat(Ask.to(port, method, "/readyz").send().status()).isIn(403, 405);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/actuator", "/actuator/outbox", "/actuator/workflows", "/actuator/metrics", "/actuator/info" })
	void showsTheRestOfTheActuatorOnlyToOperatorsOfAllDomains(String path) {
		var ask = Ask.to(managementPort, "GET", path);

		assertThat(ask.send().status()).isEqualTo(403);
		assertThat(ask.withToken(Issuer.token("anna", ROLES)).send().status()).isEqualTo(403);
		assertThat(ask.signed("AKOPERATOR", SecuredTest.SECRET).send().status()).isEqualTo(403);
		assertThat(ask.signed("AKEVERYWHERE", SecuredTest.SECRET).send().status()).isEqualTo(200);
		assertThat(ask.withToken(Issuer.token("oscar", Map.of("roles", "operator:*"))).send().status()).isEqualTo(200);
	}

	private static JWTClaimsSet.Builder claims() {
		var claims = Issuer.claims("anna");
		ROLES.forEach(claims::claim);
		return claims;
	}

	private void isRefused(String token) {
		var refused = create().withToken(token).send();

		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.errorType()).isEqualTo("AccessDeniedException");
		assertThat(refused.header("x-amzn-RequestId")).isNotNull();
		assertThat(refused.message()).startsWith("The bearer token is not valid");
	}

	private Ask create() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json());
	}

}
