package io.profileworkflows.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

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

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An identity provider whose keys the service knows: one for all tests of this JVM.
 */
public final class Issuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	public static final String AUDIENCE = "profile-workflows";

	private static final RSAKey KEY = newKey();

	private static final AtomicInteger FETCHES = new AtomicInteger();

	private static final HttpServer SERVER = start();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + keys(),
					"spring.security.oauth2.resourceserver.jwt.audiences=" + AUDIENCE)
			.applyTo(context);
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
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID("key").generate();
		}
		catch (JOSEException impossible) {
			throw new IllegalStateException(impossible);
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
			server.start();
			return server;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
