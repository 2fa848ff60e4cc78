package io.profileworkflows.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.profileworkflows.Postgres;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The running service with a key set like that of an identity provider.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "profile-workflows.outbox.work=false",
				"profile-workflows.outbox.listen=false" })
@ContextConfiguration(initializers = SimulatedAws.class)
class SecurityTests {

	private static final RSAKey KEY = key();

	private static final HttpServer PROVIDER = provider();

	private final HttpClient client = HttpClient.newHttpClient();

	private final SampleRequest sample = SampleRequest.unique();

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@DynamicPropertySource
	static void configure(DynamicPropertyRegistry properties) {
		properties.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
				() -> "http://localhost:%d/keys".formatted(PROVIDER.getAddress().getPort()));
	}

	@AfterAll
	static void close() {
		PROVIDER.stop(0);
	}

	@Test
	void letsInWhoeverHasAValidToken() throws Exception {
		var created = create(token(KEY, "anna", Instant.now().plusSeconds(60)));
		assertThat(created.statusCode()).isEqualTo(202);

		var shown = get(port, created.headers().firstValue("Location").orElseThrow(),
				token(KEY, "anna", Instant.now().plusSeconds(60)));
		assertThat(shown.statusCode()).isEqualTo(200);
		assertThat(new JsonMapper().readTree(shown.body()).path("RequestedBy").stringValue()).isEqualTo("anna");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/workflows", "/domains/retail/workflows", "/v3/api-docs", "/", "/nowhere",
			"/tags/arn%3Aaws%3Aprofile%3Aeu-central-1%3A123456789012%3Adomains%2Fretail" })
	void wantsToKnowWhoAsks(String path) throws Exception {
		isRefused(get(port, path, null));
	}

	@Test
	void takesOnNothingFromNobody() throws Exception {
		isRefused(create(null));
	}

	@Test
	void refusesATokenThatAnotherSigned() throws Exception {
		isRefused(create(token(key(), "anna", Instant.now().plusSeconds(60))));
	}

	@Test
	void refusesATokenThatHasExpired() throws Exception {
		isRefused(create(token(KEY, "anna", Instant.now().minusSeconds(600))));
	}

	@Test
	void refusesWhatIsNoToken() throws Exception {
		isRefused(create("nonsense"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness",
			"/actuator/prometheus" })
	void letsAnybodySeeHealthAndMetrics(String path) throws Exception {
		assertThat(get(managementPort, path, null).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/outbox", "/actuator/workflows", "/actuator/metrics" })
	void showsTheRestOfTheActuatorOnlyToThoseItKnows(String path) throws Exception {
		assertThat(get(managementPort, path, null).statusCode()).isEqualTo(401);
		assertThat(get(managementPort, path, token(KEY, "anna", Instant.now().plusSeconds(60))).statusCode())
			.isEqualTo(200);
	}

	private static void isRefused(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Bearer");
		assertThat(response.headers().firstValue("Content-Type")).get()
			.asString()
			.startsWith("application/problem+json");
		assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("AccessDeniedException");
		assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
		assertThat(new JsonMapper().readTree(response.body()).path("Message").stringValue())
			.isEqualTo("The caller must say who it is, with a bearer token");
	}

	private HttpResponse<String> create(@Nullable String token) throws IOException, InterruptedException {
		return send(request(port, sample.path(), token).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(sample.json())));
	}

	private HttpResponse<String> get(int port, String path, @Nullable String token)
			throws IOException, InterruptedException {
		return send(request(port, path, token));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(int port, String path, @Nullable String token) {
		var request = HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)));
		return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
	}

	private static String token(RSAKey key, String subject, Instant expires) throws JOSEException {
		var claims = new JWTClaimsSet.Builder().subject(subject).expirationTime(Date.from(expires)).build();
		var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(), claims);
		token.sign(new RSASSASigner(key));
		return token.serialize();
	}

	private static RSAKey key() {
		try {
			return new RSAKeyGenerator(2048).keyID("key").generate();
		}
		catch (JOSEException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private static HttpServer provider() {
		try {
			var keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes();
			var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			server.createContext("/keys", exchange -> {
				exchange.sendResponseHeaders(200, keys.length);
				exchange.getResponseBody().write(keys);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Database {

		private static final JdbcConnectionDetails OWN = Postgres.create("security");

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails() {
			return OWN;
		}

	}

}
