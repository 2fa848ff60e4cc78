package io.profileworkflows.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.profileworkflows.deployment.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SignatureCheckTests {

	private static final Secret SECRET = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

	private static final Instant SIGNED = Instant.parse("2026-11-24T23:58:00Z");

	private static final Map<String, List<String>> HEADERS = Map.of("host", List.of("localhost:8080"), "x-amz-date",
			List.of("20261124T235800Z"));

	private final SignedRequest request = new SignedRequest("GET", "/workflows", null, HEADERS, new byte[0]);

	@ParameterizedTest
	@CsvSource({ "-300, true", "-301, false", "0, true", "300, true", "301, false", "86400, false" })
	void believesARequestForFiveMinutes(long secondsLater, boolean believed) {
		var check = checkAt(SIGNED.plusSeconds(secondsLater));
		var signature = sign(request, "host;x-amz-date");

		if (believed) {
			assertThat(verify(check, signature, request).name()).isEqualTo("crm");
		}
		else {
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> verify(check, signature, request))
				.satisfies(refused -> assertThat(refused.errorType()).isEqualTo("InvalidSignatureException"));
		}
	}

	@Test
	void believesNoReplayUnderANewDate() {
		var replayed = with("x-amz-date", "20261124T235900Z");

		refused("not that of this request", sign(request, "host;x-amz-date"), replayed);
	}

	@Test
	void believesNoKeyOfAnotherDay() {
		var signature = sign(request, "host;x-amz-date");
		var ofYesterday = new Signature(signature.accessKeyId(), "20261123", signature.region(), signature.service(),
				signature.signedHeaders(), signature.value());

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> verify(checkAt(SIGNED), ofYesterday, request))
			.satisfies(refused -> assertThat(refused.errorType()).isEqualTo("IncompleteSignatureException"));
	}

	@Test
	void wantsHostAndAllHeadersOfAwsSigned() {
		refused("host must be among", sign(request, "x-amz-date"), request);
		var more = with("x-amz-target", "x");
		refused("x-amz-target must be among", sign(more, "host;x-amz-date"), more);
	}

	@Test
	void wantsTheDateOnce() {
		var headers = new HashMap<>(HEADERS);
		headers.put("x-amz-date", List.of("20261124T235800Z", "20261124T235800Z"));
		var twice = new SignedRequest("GET", "/workflows", null, headers, new byte[0]);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> verify(checkAt(SIGNED), sign(request, "host;x-amz-date"), twice))
			.withMessageContaining("x-amz-date must be there once");
	}

	@Test
	void saysNothingElseOfAnUnknownKeyThanThatItIsUnknown() {
		var signature = sign(request, "host;x-amz-date");
		var unknown = new Signature("AKNOBODY", signature.scopeDate(), signature.region(), signature.service(),
				signature.signedHeaders(), signature.value());

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> verify(checkAt(SIGNED), unknown, request))
			.satisfies(refused -> assertThat(refused.errorType()).isEqualTo("UnrecognizedClientException"));
	}

	@Test
	void comparesTheHashOfTheBodyWithTheBody() {
		var hashed = with("x-amz-content-sha256", Digests.sha256("x".getBytes()));

		refused("not that of the body", sign(hashed, "host;x-amz-content-sha256;x-amz-date"), hashed);
	}

	private static void refused(String message, Signature signature, SignedRequest request) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> verify(checkAt(SIGNED), signature, request))
			.withMessageContaining(message)
			.satisfies(refused -> assertThat(refused.errorType()).isEqualTo("InvalidSignatureException"));
	}

	private static Caller verify(SignatureCheck check, Signature signature, SignedRequest request) {
		return check.verify(signature, request, check.admit(signature, request));
	}

	private SignedRequest with(String header, String value) {
		var headers = new HashMap<>(HEADERS);
		headers.put(header, List.of(value));
		return new SignedRequest(request.method(), request.path(), request.query(), headers, request.body());
	}

	private static Signature sign(SignedRequest request, String headers) {
		var unsigned = Signature.parse(
				"AWS4-HMAC-SHA256 Credential=AKCRM/20261124/eu-central-1/profile/aws4_request,SignedHeaders=%s,Signature=%s"
					.formatted(headers, "0".repeat(64)));
		var all = new HashMap<>(request.headers());
		all.keySet().retainAll(List.of(headers.split(";")));
		all.putIfAbsent("host", List.of("localhost:8080"));
		var value = ExpectedSignature.of(
				new SignedRequest(request.method(), request.path(), request.query(), all, request.body()), unsigned,
				SIGNED, SECRET);
		return new Signature(unsigned.accessKeyId(), unsigned.scopeDate(), unsigned.region(), unsigned.service(),
				unsigned.signedHeaders(), value);
	}

	private static SignatureCheck checkAt(Instant now) {
		var key = new AccessKey("AKCRM", SECRET, "crm", List.of("reader"), List.of("*"));
		var settings = new SecuritySettings(true, List.of(key), null, Duration.ofSeconds(5),
				new SecuritySettings.Claims("sub", "roles", "domains", Map.of()), List.of());
		return new SignatureCheck(new AccessKeys(settings), new Deployment("123456789012", "eu-central-1"),
				Clock.fixed(now, ZoneOffset.UTC));
	}

}
