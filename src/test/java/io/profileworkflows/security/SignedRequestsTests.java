package io.profileworkflows.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.security.Ask.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SecuredTest
class SignedRequestsTests {

	private static final String KEY = "AKSUBMITTER";

	private static final String SECRET = SecuredTest.SECRET;

	private final SampleRequest sample = SampleRequest.in("own-signed");

	@LocalServerPort
	int port;

	@Test
	void areTheirOwners() {
		var created = create().signed(KEY, SECRET).send();
		assertThat(created.status()).as(created.text()).isEqualTo(202);

		var shown = Ask.to(port, "GET", created.header("Location")).signed("AKREADER", SECRET).send();
		assertThat(shown.body().path("RequestedBy").asString()).isEqualTo("susan");
	}

	@Test
	void areKnownWithEncodedSlashesAndQueries() {
		var arn = tags(create().signed(KEY, SECRET).send());

		assertThat(Ask.to(port, "POST", arn)
			.withBody("{ \"tags\": { \"a/b+c\": \"ü/é c\" } }")
			.signed(KEY, SECRET)
			.send()
			.status()).isEqualTo(200);
		assertThat(Ask.to(port, "GET", arn).signed(KEY, SECRET).send().body().at("/tags/a~1b+c").asString())
			.isEqualTo("ü/é c");
		assertThat(Ask.to(port, "DELETE", arn + "?tagKeys=a%2Fb%2Bc&tagKeys=z%26%3D&tagKeys=%C3%BC")
			.signed(KEY, SECRET)
			.send()
			.status()).isEqualTo(200);
		assertThat(Ask.to(port, "GET", "/workflows?tag=a%20b%3Ac&tag=x%3Ay&status=COMPLETE&status=FAILED")
			.signed(KEY, SECRET)
			.send()
			.status()).isEqualTo(200);
	}

	@Test
	void needTheRightSecret() {
		refused(create().signed(KEY, "wrong").send(), "InvalidSignatureException", "secret access key may be wrong");
	}

	@Test
	void needAKnownKey() {
		refused(create().signed("AKIDEXAMPLE", SECRET).send(), "UnrecognizedClientException", "keys of its own");
	}

	@Test
	void mayNotBeChangedOnTheirWay() {
		var signed = create().signed(KEY, SECRET);
		var arn = tags(signed.send());

		refused(signed
			.tampered(UnaryOperator.identity(), body -> body.replace("Salesforce-Account", "Salesforce-Bccount"))
			.send(), "InvalidSignatureException", "x-amz-content-sha256");
		refused(signed.tampered(uri -> uri.replace("own-signed", "own-stolen"), UnaryOperator.identity()).send(),
				"InvalidSignatureException", "not that of this request");
		refused(signed.tampered(uri -> uri + "?dry-run=true", UnaryOperator.identity()).send(),
				"InvalidSignatureException", "not that of this request");
		refused(Ask.to(port, "GET", arn)
			.signed(KEY, SECRET)
			.tampered(uri -> uri.replace("own-signed", "own-other"), UnaryOperator.identity())
			.send(), "InvalidSignatureException", "not that of this request");
		refused(Ask.to(port, "GET", arn)
			.signed(KEY, SECRET)
			.tampered(uri -> uri.replace("%2F", "/"), UnaryOperator.identity())
			.send(), "InvalidSignatureException", "not that of this request");
		refused(Ask.to(port, "GET", arn)
			.signed(KEY, SECRET)
			.tampered(uri -> uri.replace("%3A", ":"), UnaryOperator.identity())
			.send(), "InvalidSignatureException", "not that of this request");
	}

	@Test
	void areGoodForFiveMinutes() {
		assertThat(at(Duration.ofMinutes(-4)).status()).isEqualTo(200);
		assertThat(at(Duration.ofMinutes(4)).status()).isEqualTo(200);
		refused(at(Duration.ofMinutes(-6)), "InvalidSignatureException", "Signature expired");
		refused(at(Duration.ofMinutes(6)), "InvalidSignatureException", "not yet current");
	}

	@Test
	void areForThisRegionAndService() {
		var ask = Ask.to(port, "GET", "/workflows");

		refused(ask.signed(KEY, SECRET, Instant.now(), "us-east-1", "profile").send(), "InvalidSignatureException",
				"signed for Region us-east-1, but this service is in eu-central-1");
		refused(ask.signed(KEY, SECRET, Instant.now(), "eu-central-1", "s3").send(), "InvalidSignatureException",
				"signed for service s3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
			"STREAMING-UNSIGNED-PAYLOAD-TRAILER" })
	void signTheirWholeBody(String hash) {
		refused(create().signed(KEY, SECRET).with("x-amz-content-sha256", hash).send(), "InvalidSignatureException",
				"the whole body must be signed");
	}

	@Test
	void signTheirHostAndAllHeadersOfAws() {
		var signed = create().signed(KEY, SECRET);

		refused(signed.with("X-Amz-Target", "else").send(), "InvalidSignatureException",
				"x-amz-target must be among SignedHeaders");
		refused(without(signed, "host;"), "InvalidSignatureException", "host must be among SignedHeaders");
	}

	@Test
	void signNothingThatDidNotArrive() {
		var signed = create().signed(KEY, SECRET);
		var authorization = signed.headers().get("Authorization").replace("host;", "host;x-lost;");

		refused(signed.with("Authorization", authorization).send(), "InvalidSignatureException", "x-lost");
	}

	@Test
	void areNoPresignedUrls() {
		refused(Ask.to(port, "GET", "/workflows?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=" + "0".repeat(64))
			.send(), "InvalidSignatureException", "Presigned URLs are not accepted");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					AWS4-HMAC-SHA256 Credential=A/20261124/eu-central-1/profile/aws4_request, SignedHeaders=host          | Signature=
					AWS4-HMAC-SHA256 Credential=A/20261124/profile/aws4_request, SignedHeaders=host, Signature=0           | Credential=
					AWS4-HMAC-SHA256 Credential=A/20261124/eu-central-1/profile/aws4_request, Signature=0                  | SignedHeaders=
					AWS4-HMAC-SHA256 nonsense                                                                             | Credential=
					AWS4-ECDSA-P256-SHA256 Credential=A/20261124/profile/aws4_request, SignedHeaders=host, Signature=0     | algorithm
					""")
	void haveAWholeSignature(String authorization, String message) {
		var answer = Ask.to(port, "GET", "/workflows").with("Authorization", authorization).send();

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.errorType()).isEqualTo("IncompleteSignatureException");
		assertThat(answer.message()).contains(message);
	}

	@Test
	void sayWhenTheyWereSigned() {
		var signed = create().signed(KEY, SECRET);

		assertThat(signed.with("X-Amz-Date", "yesterday").send().errorType()).isEqualTo("IncompleteSignatureException");
		assertThat(signed.with("X-Amz-Date", "20200101T000000Z").send().message()).contains("on the day that");
	}

	@Test
	void areNoLargerThanADocument() {
		var large = Ask.to(port, "POST", sample.path()).withBody(" ".repeat((1 << 20) + 1)).signed(KEY, SECRET).send();

		assertThat(large.status()).isEqualTo(413);
		assertThat(large.errorType()).isEqualTo("RequestEntityTooLargeException");
		assertThat(large.message()).isEqualTo("The document is larger than 1048576 bytes");
	}

	@Test
	void mayBreakOffInTheirBody() throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.getOutputStream().write("""
					POST %s HTTP/1.1\r
					Host: localhost\r
					Transfer-Encoding: chunked\r
					Authorization: AWS4-HMAC-SHA256 Credential=A/20261124/eu-central-1/profile/aws4_request, \
					SignedHeaders=host, Signature=%s\r
					\r
					nonsense\r
					""".formatted(sample.path(), "0".repeat(64)).getBytes(StandardCharsets.US_ASCII));

			assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine()).startsWith("HTTP/1.1 400");
		}
	}

	private Answer at(Duration offset) {
		return Ask.to(port, "GET", "/workflows")
			.signed(KEY, SECRET, Instant.now().plus(offset), "eu-central-1", "profile")
			.send();
	}

	private static Answer without(Ask signed, String header) {
		return signed.with("Authorization", signed.headers().get("Authorization").replace(header, "")).send();
	}

	private static String tags(Answer created) {
		var parts = created.header("Location").split("/");
		return "/tags/arn%%3Aaws%%3Aprofile%%3Aeu-central-1%%3A123456789012%%3Adomains%%2F%s%%2Fworkflows%%2F%s"
			.formatted(parts[2], parts[4]);
	}

	private static void refused(Answer answer, String errorType, String message) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.errorType()).isEqualTo(errorType);
		assertThat(answer.message()).contains(message);
		assertThat(answer.text()).doesNotContain(SECRET);
	}

	private Ask create() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json());
	}

}
