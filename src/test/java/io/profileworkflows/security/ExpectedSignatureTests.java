package io.profileworkflows.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectedSignatureTests {

	private static final Secret SECRET = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

	private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

	static Stream<Vector> vectors() throws IOException {
		try (InputStream file = ExpectedSignatureTests.class.getResourceAsStream("/sigv4-vectors.yaml")) {
			return new YAMLMapper().readValue(Objects.requireNonNull(file), new TypeReference<List<Vector>>() {
			}).stream();
		}
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void isThatOfAwsOwnTestVectors(Vector vector) {
		var signature = Signature.parse(vector.authorization());

		assertThat(
				ExpectedSignature.of(vector.request().withHeaders(signature.signedHeaders()), signature, TIME, SECRET))
			.isEqualTo(vector.signature());
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void isAnotherWithAnotherSecretPathQueryOrBody(Vector vector) {
		var signature = Signature.parse(vector.authorization());
		var request = vector.request().withHeaders(signature.signedHeaders());
		var changed = List.of(
				new SignedRequest("PUT", request.path(), request.query(), request.headers(), request.body()),
				new SignedRequest(request.method(), request.path() + "x", request.query(), request.headers(),
						request.body()),
				new SignedRequest(request.method(), request.path(), "x=y", request.headers(), request.body()),
				new SignedRequest(request.method(), request.path(), request.query(), request.headers(), new byte[9]));

		assertThat(changed).allSatisfy(each -> assertThat(ExpectedSignature.of(each, signature, TIME, SECRET))
			.isNotEqualTo(vector.signature()));
		assertThat(ExpectedSignature.of(request, signature, TIME, new Secret("another")))
			.isNotEqualTo(vector.signature());
	}

	@Test
	void tellsAnEncodedSlashFromOne() {
		var signature = Signature
			.parse(new Vector("slash", "GET", "/", null, List.of(), null, "host;x-amz-date", "0".repeat(64))
				.authorization());
		var headers = Map.of("host", List.of("localhost:8080"), "x-amz-date", List.of("20150830T123600Z"));

		var encoded = new SignedRequest("GET", "/tags/a%2Fb", null, headers, new byte[0]);
		var plain = new SignedRequest("GET", "/tags/a/b", null, headers, new byte[0]);

		assertThat(ExpectedSignature.of(encoded, signature, TIME, SECRET))
			.isNotEqualTo(ExpectedSignature.of(plain, signature, TIME, SECRET));
	}

	record Vector(String name, String method, String path, @Nullable String query, List<List<String>> headers,
			@Nullable String body, String signedHeaders, String signature) {

		String authorization() {
			return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=%s, Signature=%s"
				.formatted(signedHeaders, signature);
		}

		SignedRequest request() {
			var all = new TreeMap<String, List<String>>();
			headers.forEach(
					header -> all.computeIfAbsent(header.getFirst().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
						.add(header.getLast()));
			return new SignedRequest(method, path, query, all,
					((body != null) ? body : "").getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String toString() {
			return name;
		}

	}

}
