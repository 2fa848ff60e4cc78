package io.profileworkflows.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An identity provider whose keys the service knows, and at which people sign in: one for
 * all tests of this JVM.
 */
public final class Issuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	public static final String AUDIENCE = "profile-workflows";

	public static final String CLIENT = "page";

	private static final String CLIENT_SECRET = "the page's secret";

	private static volatile JWSAlgorithm idTokens = JWSAlgorithm.RS256;

	private static final RSAKey KEY = newKey();

	private static final Map<String, Grant> GRANTS = new ConcurrentHashMap<>();

	private static final AtomicReference<Person> PERSON = new AtomicReference<>(new Person("nobody", Map.of()));

	private static final AtomicInteger FETCHES = new AtomicInteger();

	private static final HttpServer SERVER = start();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues.of("spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + keys(),
				"spring.security.oauth2.resourceserver.jwt.audiences=" + AUDIENCE,
				"profile-workflows.sign-in.issuer-uri=" + address(), "profile-workflows.sign-in.client-id=" + CLIENT,
				"profile-workflows.sign-in.client-secret=" + CLIENT_SECRET)
			.applyTo(context);
	}

	public static String address() {
		return "http://localhost:%d".formatted(SERVER.getAddress().getPort());
	}

	/** Whom it takes the next browser for. */
	public static void expect(String subject, Map<String, Object> claims) {
		PERSON.set(new Person(subject, claims));
	}

	/** How it signs id tokens from now on. */
	public static void signIdTokens(JWSAlgorithm algorithm) {
		idTokens = algorithm;
	}

	/** Where its keys are. */
	public static URI keys() {
		return URI.create("http://localhost:%d/keys".formatted(SERVER.getAddress().getPort()));
	}

	/** A token that is good for ten minutes. */
	public static String token(String subject, Map<String, ?> claims) {
		var all = claims(subject);
		claims.forEach(all::claim);
		return sign(KEY, all.build());
	}

	static JWTClaimsSet.Builder claims(String subject) {
		return new JWTClaimsSet.Builder().subject(subject)
			.audience(AUDIENCE)
			.expirationTime(Date.from(Instant.now().plusSeconds(600)));
	}

	static String sign(JWTClaimsSet claims) {
		return sign(KEY, claims);
	}

	/** How often somebody asked for its keys. */
	static int fetches() {
		return FETCHES.get();
	}

	static String sign(RSAKey key, JWTClaimsSet claims) {
		return sign(key, "key", claims);
	}

	static String sign(RSAKey key, String keyId, JWTClaimsSet claims) {
		return sign(key, keyId, JWSAlgorithm.RS256, claims);
	}

	private static String sign(RSAKey key, String keyId, JWSAlgorithm algorithm, JWTClaimsSet claims) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException failure) {
			throw new IllegalStateException(failure);
		}
	}

	static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID("key").generate();
		}
		catch (JOSEException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static HttpServer start() {
		try {
			var keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
			var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			server.createContext("/keys", exchange -> {
				FETCHES.incrementAndGet();
				exchange.sendResponseHeaders(200, keys.length);
				exchange.getResponseBody().write(keys);
				exchange.close();
			});
			server.createContext("/.well-known/openid-configuration",
					exchange -> answer(exchange,
							"""
									{"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
									 "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"], "response_types_supported": ["code"],
									 "id_token_signing_alg_values_supported": ["RS256"]}
									"""
								.formatted(address())));
			server.createContext("/authorize", Issuer::authorize);
			server.createContext("/token", Issuer::token);
			server.start();
			return server;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** Knows the person already, and sends the browser back at once. */
	private static void authorize(HttpExchange exchange) throws IOException {
		var asked = parameters(exchange.getRequestURI().getRawQuery());
		var code = UUID.randomUUID().toString();
		GRANTS.put(code, new Grant(PERSON.get(), asked));
		exchange.getResponseHeaders()
			.set("Location", "%s?code=%s&state=%s".formatted(asked.get("redirect_uri"), code,
					URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8)));
		exchange.sendResponseHeaders(302, -1);
		exchange.close();
	}

	/** Gives the id token to the client that began, which it proves in two ways. */
	private static void token(HttpExchange exchange) throws IOException {
		var asked = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		var grant = GRANTS.remove(String.valueOf(asked.get("code")));
		var isClient = ("Basic " + Base64.getEncoder()
			.encodeToString((CLIENT + ":" + URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8)).getBytes()))
			.equals(exchange.getRequestHeaders().getFirst("Authorization"));
		if (grant == null || !isClient || !grant.fits(asked.get("code_verifier"), asked.get("redirect_uri"))) {
			exchange.sendResponseHeaders(400, -1);
			exchange.close();
			return;
		}
		var claims = new JWTClaimsSet.Builder().issuer(address())
			.subject(grant.person().subject())
			.audience(CLIENT)
			.issueTime(new Date())
			.expirationTime(Date.from(Instant.now().plusSeconds(600)))
			.claim("nonce", grant.asked().get("nonce"));
		grant.person().claims().forEach(claims::claim);
		answer(exchange, """
				{"access_token": "of no use here", "token_type": "Bearer", "expires_in": 600, "id_token": "%s"}
				""".formatted(sign(KEY, "key", idTokens, claims.build())));
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		var content = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, content.length);
		exchange.getResponseBody().write(content);
		exchange.close();
	}

	private static Map<String, String> parameters(String encoded) {
		return Arrays.stream(encoded.split("&"))
			.map(pair -> pair.split("=", 2))
			.collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	private record Person(String subject, Map<String, Object> claims) {
	}

	private record Grant(Person person, Map<String, String> asked) {

		boolean fits(String verifier, String redirectUri) {
			try {
				var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
				return Base64.getUrlEncoder()
					.withoutPadding()
					.encodeToString(digest)
					.equals(asked.get("code_challenge")) && "S256".equals(asked.get("code_challenge_method"))
						&& redirectUri.equals(asked.get("redirect_uri"));
			}
			catch (NoSuchAlgorithmException failure) {
				throw new IllegalStateException(failure);
			}
		}

	}

}
