package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who may do what with many at once, and how large that may be.
 */
@SecuredTest
class BulkSecurityTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Bodies bodies;

	@LocalServerPort
	int port;

	@Test
	void asksOfEachRequestWhatItsCallerMay() {
		var own = SampleRequest.in("own-bulk");
		var other = SampleRequest.in("other-bulk");
		var read = SampleRequest.in("pattern-bulk");
		var restricted = SampleRequest.in("restricted-bulk");
		var token = Issuer.token("paula",
				Map.of("roles", List.of("submitter:own-*", "submitter:restricted-*", "reader:pattern-*")));

		var answer = bulk(own, other, read, restricted).withToken(token).send();

		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.body().path("Items").valueStream().map(item -> item.path("StatusCode").intValue()))
			.containsExactly(202, 404, 403, 403);
		assertThat(answer.body().path("Items").valueStream().map(item -> item.path("ErrorType").asString("")))
			.containsExactly("", "ResourceNotFoundException", "AccessDeniedException", "AccessDeniedException");
		assertThat(workflowsOf(own)).isOne();
		assertThat(Stream.of(other, read, restricted)).allMatch(sample -> workflowsOf(sample) == 0);
	}

	@Test
	void isNothingForReaders() {
		var answer = bulk(SampleRequest.in("own-bulk")).signed("AKREADER", SecuredTest.SECRET).send();

		assertThat(answer.status()).isEqualTo(403);
	}

	@Test
	void makesNothingNewOfASignedRequestThatIsSentAgain() {
		var sample = SampleRequest.in("own-bulk");
		var signed = bulk(sample).signed("AKSUBMITTER", SecuredTest.SECRET);
		var first = signed.send().body().at("/Items/0/WorkflowId").asString();
		workflows.delete("own-bulk", WorkflowId.of(first), "test", false);

		var again = signed.send().body();

		assertThat(again.at("/Items/0/WorkflowId").asString()).isEqualTo(first);
		assertThat(again.at("/Items/0/Replayed").booleanValue()).isTrue();
		assertThat(workflowsOf(sample)).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsSixteenMegabytesAndNoMore(boolean isSigned) {
		var sample = SampleRequest.in("own-bulk");
		var padding = " ".repeat(DocumentReader.MAX_BYTES - 10_000);
		var large = IntStream.range(0, 15)
			.mapToObj(_ -> JSON.readTree(sample.json()) + padding)
			.collect(Collectors.joining("\n"));

		var answer = present(ndjson(large), isSigned).send();
		var tooLarge = present(ndjson(large + "\n" + " ".repeat(2 * DocumentReader.MAX_BYTES)), isSigned).send();

		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.body().path("Accepted").intValue()).isOne();
		assertThat(answer.body().path("Replayed").intValue()).isEqualTo(14);
		assertThat(tooLarge.status()).isEqualTo(413);
		assertThat(workflowsOf(sample)).isOne();
		assertThat(bodies.underWay()).isZero();
	}

	@Test
	void isNotKeptWaitingBySlowSenders() {
		var slow = "POST /bulk HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: %s\r\n\r\n["
			.formatted(SlowSenders.signatureOf("AKREADER"), 2 * DocumentReader.MAX_BYTES);
		var large = JSON.readTree(SampleRequest.in("own-bulk").json()) + " ".repeat(2 * DocumentReader.MAX_BYTES);
		try (var _ = SlowSenders.start(2 * Bodies.MOST_BULK, port, slow, " ")) {
			await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == 2 * Bodies.MOST_BULK);

			var answer = present(ndjson(large), true).send();

			assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> bodies.underWay() == 0);
	}

	@Test
	void findsABodyThatWasChangedOnItsWay() {
		var changed = ndjson(JSON.readTree(SampleRequest.in("own-bulk").json()) + " ".repeat(3 << 20))
			.signed("AKSUBMITTER", SecuredTest.SECRET)
			.tampered(uri -> uri, body -> body.replace("APPFLOW_INTEGRATION", "APPFLOW_INTEGRATIOM"))
			.send();

		assertThat(changed.status()).isEqualTo(403);
		assertThat(changed.errorType()).isEqualTo("InvalidSignatureException");
	}

	@Test
	void actsOnlyWhereTheCallerMay() {
		var own = accept("own-acts");
		var other = accept("other-acts");
		var read = accept("pattern-acts");
		var token = Issuer.token("petra", Map.of("roles", List.of("submitter:own-*", "reader:pattern-*")));
		var filter = "/bulk/delete?domain=own-acts&domain=other-acts&domain=pattern-acts";

		var preview = Ask.to(port, "POST", filter + "&preview=true").withToken(token).send().body();
		assertThat(preview.path("Count").intValue()).isOne();
		assertThat(preview.at("/Sample/0/WorkflowId").asString()).isEqualTo(own.toString());
		var start = Ask.to(port, "POST", filter + "&token=" + preview.path("Token").asString());
		assertThat(start.signed("AKEVERYWHERE", SecuredTest.SECRET).send().status()).as("another's token")
			.isEqualTo(409);
		var operation = start.withToken(token).send();

		assertThat(operation.status()).as(operation.text()).isEqualTo(202);
		var path = operation.header("Location");
		assertThat(Ask.to(port, "GET", path).withToken(token).send().status()).isEqualTo(200);
		assertThat(Ask.to(port, "GET", path).signed("AKSUBMITTER", SecuredTest.SECRET).send().status()).isEqualTo(404);
		assertThat(Ask.to(port, "POST", path + "/cancel").signed("AKSUBMITTER", SecuredTest.SECRET).send().status())
			.isEqualTo(404);
		assertThat(Ask.to(port, "GET", path).signed("AKEVERYWHERE", SecuredTest.SECRET).send().status())
			.as("an operator of all domains")
			.isEqualTo(200);
		assertThat(Ask.to(port, "GET", "/operations").signed("AKSUBMITTER", SecuredTest.SECRET).send().text())
			.doesNotContain(operation.body().path("OperationId").asString());
		assertThat(Stream.of(other, read).map(workflows::require)).allMatch(workflow -> workflow.phase().isLive());
	}

	/** The name alone does not make a caller. */
	@Test
	void isNoneOfAnotherCallersWithTheSameName() {
		accept("own-named");
		var filter = "/bulk/delete?domain=own-named";
		var preview = Ask.to(port, "POST", filter + "&preview=true")
			.signed("AKSUBMITTER", SecuredTest.SECRET)
			.send()
			.body();
		var token = Issuer.token("susan", Map.of("roles", List.of("submitter:own-*")));

		assertThat(Ask.to(port, "POST", filter + "&token=" + preview.path("Token").asString())
			.withToken(token)
			.send()
			.status()).isEqualTo(409);
	}

	private WorkflowId accept(String domainName) {
		return workflows.accept(SampleRequest.in(domainName).request(), List.of(), "anna", null).workflow().id();
	}

	private Ask bulk(SampleRequest... requests) {
		return ndjson(Stream.of(requests)
			.map(request -> JSON.readTree(request.json()).toString())
			.collect(Collectors.joining("\n")));
	}

	private Ask ndjson(String body) {
		return Ask.to(port, "POST", "/bulk").withBody(body).with("Content-Type", "application/x-ndjson");
	}

	private static Ask present(Ask ask, boolean isSigned) {
		return isSigned ? ask.signed("AKSUBMITTER", SecuredTest.SECRET)
				: ask.withToken(Issuer.token("susan", Map.of("roles", List.of("submitter:own-*"))));
	}

	private int workflowsOf(SampleRequest sample) {
		return jdbc.sql("select count(*) from workflow where flow_name = :name")
			.param("name", sample.flowName())
			.query(Integer.class)
			.single();
	}

}
