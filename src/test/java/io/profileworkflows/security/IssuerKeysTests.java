package io.profileworkflows.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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
import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

@OnTheSide
class IssuerKeysTests {

	private static final RSAKey OLD = key("old");

	private static final RSAKey NEW = key("new");

	private final AtomicInteger fetches = new AtomicInteger();

	private volatile RSAKey published = OLD;

	private volatile int status = 200;

	private volatile CountDownLatch isSlow = new CountDownLatch(0);

	private volatile long now;

	private HttpServer issuer;

	private JwtDecoder decoder;

	@BeforeEach
	void start() throws IOException {
		issuer = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		issuer.setExecutor(Executors.newCachedThreadPool());
		issuer.createContext("/keys", exchange -> {
			fetches.incrementAndGet();
			try {
				isSlow.await();
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
			}
			var keys = new JWKSet(published.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, keys.length);
			exchange.getResponseBody().write(keys);
			exchange.close();
		});
		issuer.start();
		decoder = NimbusJwtDecoder.withJwkSetUri("http://localhost:%d/keys".formatted(issuer.getAddress().getPort()))
			.restOperations(new IssuerKeys(() -> now).client())
			.build();
	}

	@AfterEach
	void stop() {
		isSlow.countDown();
		issuer.stop(0);
	}

	@Test
	void areFetchedOnceInHalfAMinuteHoweverManyTokensHaveUnknownOnes() {
		decoder.decode(token(OLD, "old"));

		IntStream.range(0, 200).forEach(number -> refuses(token(NEW, "unknown-" + number)));
		assertThat(fetches).hasValue(1);
		after(Duration.ofSeconds(31));
		IntStream.range(0, 200).forEach(number -> refuses(token(NEW, "unknown-" + number)));

		assertThat(fetches).hasValue(2);
		assertThat(decoder.decode(token(OLD, "old")).getSubject()).isEqualTo("susan");
	}

	@Test
	void areNewOnesAfterHalfAMinute() {
		decoder.decode(token(OLD, "old"));
		published = NEW;

		refuses(token(NEW, "new"));
		after(Duration.ofSeconds(31));

		assertThat(decoder.decode(token(NEW, "new")).getSubject()).isEqualTo("susan");
		refuses(token(OLD, "old"));
	}

	@Test
	void keepNobodyWaitingWhoseKeyIsKnown() {
		decoder.decode(token(OLD, "old"));
		isSlow = new CountDownLatch(1);
		after(Duration.ofSeconds(31));
		var begin = System.nanoTime();
		refuses(token(NEW, "new"));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
		after(Duration.ofSeconds(1));

		assertTimeout(Duration.ofSeconds(4), () -> IntStream.range(0, 20).forEach(_ -> {
			refuses(token(NEW, "new"));
			decoder.decode(token(OLD, "old"));
		}));
		assertThat(fetches).hasValue(2);
	}

	@Test
	void areAskedForAgainSoonWhereThereAreNone() {
		status = 500;
		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> decoder.decode(token(OLD, "old")))
			.isNotInstanceOf(BadJwtException.class);
		status = 200;

		assertThatExceptionOfType(JwtException.class).isThrownBy(() -> decoder.decode(token(OLD, "old")));
		assertThat(fetches).hasValue(1);
		after(Duration.ofSeconds(2));

		await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			now += Duration.ofSeconds(2).toNanos();
			return decoder.decode(token(OLD, "old")) != null;
		});
	}

	@Test
	void staySoWhileTheIssuerFails() {
		decoder.decode(token(OLD, "old"));
		status = 503;
		after(Duration.ofSeconds(31));

		refuses(token(NEW, "new"));
		assertThat(decoder.decode(token(OLD, "old")).getSubject()).isEqualTo("susan");
	}

	private void after(Duration time) {
		now += time.toNanos();
	}

	private void refuses(String token) {
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode(token));
	}

	private static String token(RSAKey key, String keyId) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
					new JWTClaimsSet.Builder().subject("susan")
						.expirationTime(new Date(System.currentTimeMillis() + 600_000))
						.build());
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static RSAKey key(String id) {
		try {
			return new RSAKeyGenerator(2048).keyID(id).generate();
		}
		catch (JOSEException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
