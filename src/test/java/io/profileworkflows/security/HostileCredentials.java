package io.profileworkflows.security;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.profileworkflows.fuzz.HostileBytes;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Credentials and names that nobody would send: each is refused, or read, in bounded
 * time.
 */
public final class HostileCredentials {

	private static final byte[] SECRET = new SecureRandom().generateSeed(32);

	private static final JwtDecoder decoder = NimbusJwtDecoder.withSecretKey(new SecretKeySpec(SECRET, "HmacSHA256"))
		.build();

	private static final TokenOwners owners = new TokenOwners(
			new SecuritySettings.Claims("sub", "realm_access.roles", "domains", Map.of()), Clock.systemUTC());

	private HostileCredentials() {
	}

	public static List<HostileBytes> all() {
		var signature = "AWS4-HMAC-SHA256 Credential=AK/20261124/eu-central-1/profile/aws4_request, "
				+ "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
		var claims = "{\"sub\":\"anna\",\"exp\":%s,\"realm_access\":{\"roles\":[\"reader:*\",\"operator\"]},\"domains\":\"a, b-*\"}"
			.formatted(Instant.now().plusSeconds(3600).getEpochSecond());
		return List.of(
				new HostileBytes("signature", HostileCredentials::signature, List.of(signature),
						List.of(",", "=", ";", "/", "Credential=", "SignedHeaders=", "Signature=", " ", "\t", "\u0000",
								"%2F", "aws4_request", "20261124T120000Z", "+00:00", "-", "\u0130", "host;")),
				new HostileBytes("query", HostileCredentials::query,
						List.of("tagKeys=a%2Fb&tagKeys=c&status=FAILED", ""),
						List.of("&", "=", "%", "%2F", "%zz", "+", "%00", "%C0%80", "tagKeys=", "\u0000", "%ED%A0%80")),
				new HostileBytes("claims", HostileCredentials::claims, List.of(claims),
						List.of("{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e400", "99999999999999999999",
								"-1", "\"exp\":", "\"nbf\":", "\"iat\":", "\"sub\":", "\"aud\":", "\\u0000", "reader:*",
								"\"domains\":", ".", "1.5")),
				new HostileBytes("token", HostileCredentials::token,
						List.of(signed(claims.getBytes(StandardCharsets.UTF_8))),
						List.of(".", "..", "e30", "=", "eyJhbGciOiJub25lIn0", "-", "_", " ", "\u0000")),
				new HostileBytes("pattern", HostileCredentials::pattern,
						List.of("retail-*\nretail-eu", "*-eu-*-crm-*-prod\n-eu-crm", "*\n", "a\nb"),
						List.of("*", "**", "-eu", "\n", "a", "*a", "\ud83d\ude00", ".", ".*")));
	}

	private static void signature(byte[] input) {
		var text = new String(input, StandardCharsets.ISO_8859_1);
		try {
			var signature = Signature.parse("AWS4-HMAC-SHA256" + text.substring(Math.min(16, text.length())));
			signature.timeOf(signature.scopeDate() + text.substring(Math.max(0, text.length() - 12)));
			signature.digest();
		}
		catch (Refused failure) {
			assertThat(failure.status().is4xxClientError()).isTrue();
		}
	}

	private static void query(byte[] input) {
		try {
			SignedRequest.parametersOf(new String(input, StandardCharsets.ISO_8859_1));
		}
		catch (Refused failure) {
			assertThat(failure.status().is4xxClientError()).isTrue();
		}
	}

	/** Claims that the right issuer has signed. */
	private static void claims(byte[] input) {
		accept(signed(input));
	}

	private static void token(byte[] input) {
		accept(new String(input, StandardCharsets.ISO_8859_1));
	}

	private static void accept(String token) {
		try {
			owners.convert(decoder.decode(token));
		}
		catch (JwtException | AuthenticationException failure) {
			assertThat(failure).hasMessageNotContaining("NullPointer");
		}
	}

	private static String signed(byte[] claims) {
		try {
			var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
			token.sign(new MACSigner(SECRET));
			return token.serialize();
		}
		catch (JOSEException failure) {
			throw new IllegalStateException(failure);
		}
	}

	/** A pattern and a name, with a line between them. */
	private static void pattern(byte[] input) {
		var parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
		var name = (parts.length == 2) ? parts[1] : "";
		var included = Wildcards.of(parts[0]).include(name);
		if (parts[0].indexOf('*') < 0) {
			assertThat(included).isEqualTo(parts[0].equals(name));
		}
		assertThat(Wildcards.of("*" + parts[0] + "*").include("x" + name + "x") || !included).isTrue();
	}

}
