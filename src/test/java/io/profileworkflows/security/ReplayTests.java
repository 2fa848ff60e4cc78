package io.profileworkflows.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who saw a signed request sends it again, while its signature is good.
 */
@SecuredTest
class ReplayTests {

	private static final String REASON = "{ \"Reason\": \"replayed\" }";

	private final SampleRequest sample = SampleRequest.in("own-replayed");

	@Autowired
	UsedSignatures signatures;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@ParameterizedTest
	@ValueSource(strings = { "", "Idempotency-Key", "amz-sdk-invocation-id" })
	void makesNoSecondWorkflowEvenWhereTheFirstIsGone(String header) {
		var ask = create();
		var signed = signed(header.isEmpty() ? ask : ask.with(header, "replayed-" + sample.flowName()));
		var first = signed.send();
		assertThat(first.status()).as(first.text()).isEqualTo(202);
		assertThat(signed(Ask.to(port, "DELETE", first.header("Location"))).send().status()).isEqualTo(200);

		var replayed = signed.send();

		assertThat(replayed.status()).isEqualTo(202);
		assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
		assertThat(replayed.header("Location")).isEqualTo(first.header("Location"));
		assertThat(workflowsOf(sample)).isOne();
		assertThat(signed(create()).send().header("Location")).as("signed anew it is another request")
			.isNotEqualTo(first.header("Location"));
	}

	@ParameterizedTest
	@CsvSource({ "Idempotency-Key, idempotency-key", "amz-sdk-invocation-id, amz-sdk-invocation-id",
			"If-Match, if-match" })
	void cannotAddWhatWouldChangeTheRequest(String header, String name) {
		var signed = signed(create());

		refused(signed.with(header, "\"another\"").send(), name + " must be among SignedHeaders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Idempotency-Key", "amz-sdk-invocation-id" })
	void cannotLeaveOutWhatWouldChangeTheRequest(String header) {
		var signed = signed(create().with(header, "once"));
		var headers = new TreeMap<>(signed.headers());
		headers.remove(header);

		refused(new Ask(signed.method(), signed.uri(), signed.body(), headers).send(), "not among the headers");
	}

	@Test
	void tagsNothingASecondTime() {
		var created = signed(create()).send();
		var arn = "/tags/arn%%3Aaws%%3Aprofile%%3Aeu-central-1%%3A123456789012%%3Adomains%%2Fown-replayed%%2Fworkflows%%2F%s"
			.formatted(created.body().path("WorkflowId").asString());
		var old = signed(Ask.to(port, "POST", arn).withBody("{ \"tags\": { \"team\": \"old\" } }"));
		var untag = signed(Ask.to(port, "DELETE", arn + "?tagKeys=gone"));
		assertThat(old.send().status()).isEqualTo(200);
		assertThat(untag.send().status()).isEqualTo(200);
		assertThat(signed(Ask.to(port, "POST", arn).withBody("{ \"tags\": { \"team\": \"new\" } }")).send().status())
			.isEqualTo(200);

		refused(old.send(), "used already");
		refused(untag.send(), "used already");

		assertThat(signed(Ask.to(port, "GET", arn)).send().body().at("/tags/team").asString()).isEqualTo("new");
	}

	@Test
	void pausesNothingASecondTime() {
		var pause = by("AKOPERATOR", Ask.to(port, "POST", "/domains/own-replayed/pause").withBody(REASON));
		assertThat(pause.send().status()).isEqualTo(200);
		assertThat(
				by("AKOPERATOR", Ask.to(port, "POST", "/domains/own-replayed/resume").withBody(REASON)).send().status())
			.isEqualTo(200);

		refused(pause.send(), "used already");

		assertThat(jdbc.sql("select count(*) from submission_pause where domain_name = 'own-replayed'")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void redrivesNothingASecondTime() {
		var redrive = by("AKEVERYWHERE", Ask.to(managementPort, "POST", "/actuator/outbox")
			.withBody("{ \"subject\": \"none\", \"reason\": \"replayed\" }"));
		assertThat(redrive.send().status()).isEqualTo(200);

		assertThat(redrive.send().status()).isEqualTo(403);
	}

	@Test
	void readsWhatItsOwnerMayRead() {
		var list = signed(Ask.to(port, "POST", "/domains/own-replayed/workflows").withBody("{}"));
		var search = signed(Ask.to(port, "GET", "/workflows"));

		assertThat(List.of(list.send(), list.send(), search.send(), search.send()))
			.allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
	}

	/** As two keys would whose secrets are the same. */
	@Test
	void isNoneOfAnothersEqualRequest() {
		var time = Instant.now();
		var pause = Ask.to(port, "POST", "/domains/own-replayed/pause").withBody(REASON);

		assertThat(Stream.of("AKOPERATOR", "AKEVERYWHERE")
			.map(key -> pause.signed(key, SecuredTest.SECRET, time, "eu-central-1", "profile").send()))
			.allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
	}

	@Test
	void isNoneOfARequestThatWasRefusedForItsCaller() {
		var pause = by("AKREADER", Ask.to(port, "POST", "/domains/own-replayed/pause").withBody(REASON));

		assertThat(List.of(pause.send(), pause.send())).allSatisfy(answer -> {
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.errorType()).isEqualTo("AccessDeniedException");
		});
	}

	@Test
	void isRememberedAsLongAsItCouldBeSentAgain() {
		var pause = by("AKOPERATOR", Ask.to(port, "POST", "/domains/own-replayed/pause").withBody(REASON));
		assertThat(pause.send().status()).isEqualTo(200);
		var signature = Signature.parse(pause.headers().get("Authorization")).digest();

		age(signature, Duration.ofMinutes(14));
		signatures.forget();
		assertThat(isRemembered(signature)).isTrue();
		age(signature, Duration.ofMinutes(2));
		signatures.forget();

		assertThat(isRemembered(signature)).isFalse();
	}

	private void age(String signature, Duration time) {
		jdbc.sql("""
				update used_signature set good_until = good_until - cast(:time as interval)
				where signature = decode(:signature, 'hex')
				""").param("time", time.toSeconds() + " s").param("signature", signature).update();
	}

	private boolean isRemembered(String signature) {
		return jdbc.sql("select count(*) > 0 from used_signature where signature = decode(:signature, 'hex')")
			.param("signature", signature)
			.query(Boolean.class)
			.single();
	}

	private int workflowsOf(SampleRequest sample) {
		return jdbc.sql("select count(*) from workflow where flow_name = :name")
			.param("name", sample.flowName())
			.query(Integer.class)
			.single();
	}

	private Ask create() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json());
	}

	private static Ask signed(Ask ask) {
		return by("AKSUBMITTER", ask);
	}

	private static Ask by(String key, Ask ask) {
		return ask.with("x-amz-meta-once", Long.toString(System.nanoTime())).signed(key, SecuredTest.SECRET);
	}

	private static void refused(Ask.Answer answer, String message) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(answer.errorType()).isEqualTo("InvalidSignatureException");
		assertThat(answer.message()).contains(message);
	}

}
