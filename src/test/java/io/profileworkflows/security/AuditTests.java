package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.profileworkflows.CapturedLog;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SecuredTest;
import io.profileworkflows.StructuredLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@SecuredTest
class AuditTests {

	private static final String REASON = "{ \"Reason\": \"audited\" }";

	private final CapturedLog log = CapturedLog.begin();

	private final SampleRequest sample = SampleRequest.in("own-audited");

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	@AfterEach
	void end() {
		log.close();
	}

	@Test
	void saysWhoDidWhatToWhichWorkflow() {
		var created = bySubmitter(create().with("X-Forwarded-For", "203.0.113.7"));
		var id = created.body().path("WorkflowId").asString();
		var tags = "/tags/arn%%3Aaws%%3Aprofile%%3Aeu-central-1%%3A123456789012%%3Adomains%%2Fown-audited%%2Fworkflows%%2F%s"
			.formatted(id);
		bySubmitter(Ask.to(port, "POST", tags).withBody("{ \"tags\": { \"team\": \"crm\" } }"));
		bySubmitter(Ask.to(port, "DELETE", tags + "?tagKeys=team"));
		bySubmitter(Ask.to(port, "DELETE", created.header("Location")));

		var lines = lines(4);
		assertThat(lines).allSatisfy(line -> assertThat(line).contains(entry("caller", "susan"),
				entry("authenticatedBy", "signature"), entry("domain", "own-audited"), entry("workflowId", id),
				entry("outcome", "done"), entry("remoteAddress", "127.0.0.1")));
		assertThat(lines).extracting(line -> line.get("operation"))
			.containsExactlyInAnyOrder("CreateIntegrationWorkflow", "TagResource", "UntagResource", "DeleteWorkflow");
		assertThat(lines).filteredOn(line -> "CreateIntegrationWorkflow".equals(line.get("operation")))
			.singleElement()
			.satisfies(line -> assertThat(line).containsEntry("status", "202")
				.containsEntry("requestId", created.header("x-amzn-RequestId")));
		assertThat(log.lines()).anySatisfy(line -> assertThat(line).startsWith("audit CreateIntegrationWorkflow in "
				+ "own-audited by susan (signature) from 127.0.0.1: done 202, workflow " + id));
	}

	@Test
	void leavesActorAndReasonInTheHistory() {
		var created = bySubmitter(create());
		bySubmitter(Ask.to(port, "DELETE", created.header("Location")));

		var history = bySubmitter(Ask.to(port, "GET", created.header("Location") + "/history"));

		assertThat(history.body().path("Items").valueStream()).hasSize(2).allSatisfy(entry -> {
			assertThat(entry.path("Actor").asString("")).isEqualTo("susan");
			assertThat(entry.path("Reason").asString("")).isNotBlank();
		});
	}

	@Test
	void saysWhatOperatorsDid() {
		var everywhere = Issuer.token("oscar", Map.of("roles", List.of("operator:*")));
		Ask.to(port, "POST", "/domains/own-audited/pause").withBody(REASON).withToken(everywhere).send();
		Ask.to(port, "POST", "/domains/own-audited/resume").withBody(REASON).withToken(everywhere).send();
		Ask.to(managementPort, "POST", "/actuator/outbox")
			.withBody("{ \"subject\": \"none\", \"reason\": \"audited\" }")
			.withToken(everywhere)
			.send();

		var lines = lines(3);
		assertThat(lines).extracting(line -> line.get("operation"))
			.containsExactlyInAnyOrder("PauseDomain", "ResumeDomain", "POST /actuator/outbox");
		assertThat(lines).allSatisfy(line -> assertThat(line).contains(entry("caller", "oscar"),
				entry("authenticatedBy", "token"), entry("outcome", "done"), entry("status", "200")));
	}

	@Test
	void saysWhatWasRefusedAndToWhom() {
		var hidden = "/domains/other-audited/workflows/" + "0".repeat(32);
		var asks = List.of(create().signed("AKREADER", SecuredTest.SECRET),
				Ask.to(port, "GET", hidden).signed("AKREADER", SecuredTest.SECRET),
				create().signed("AKSUBMITTER", "wrong"), Ask.to(port, "GET", "/workflows?access_token=x"),
				create().withBody("{}").signed("AKSUBMITTER", SecuredTest.SECRET),
				Ask.to(port, "GET", "/workflows").with("Authorization", "AWS4-HMAC-SHA256 nonsense"));
		for (int number = 0; number < asks.size(); number++) {
			asks.get(number).send();
			lines(number + 1);
		}

		var lines = lines(6);
		assertThat(lines).allSatisfy(line -> assertThat(line).containsEntry("outcome", "refused"));
		assertThat(lines.get(0)).contains(entry("operation", "CreateIntegrationWorkflow"), entry("caller", "robert"),
				entry("status", "403"), entry("errorType", "AccessDeniedException"), entry("domain", "own-audited"));
		assertThat(lines.get(1)).contains(entry("operation", "GetWorkflow"), entry("caller", "robert"),
				entry("status", "404"), entry("domain", "other-audited"), entry("workflowId", "0".repeat(32)));
		assertThat(lines.get(2)).contains(entry("operation", "POST " + sample.path()), entry("caller", "unknown"),
				entry("authenticatedBy", "nothing"), entry("errorType", "InvalidSignatureException"));
		assertThat(lines.get(3)).contains(entry("operation", "GET /workflows"), entry("status", "403"),
				entry("errorType", "MissingAuthenticationTokenException"));
		assertThat(lines.get(4)).contains(entry("caller", "susan"), entry("status", "400"));
		assertThat(lines.get(5)).contains(entry("operation", "GET /workflows"), entry("status", "400"),
				entry("caller", "unknown"), entry("errorType", "IncompleteSignatureException"));
	}

	@Test
	void looksForNamesInTimeThatGrowsWithThePath() {
		var request = new MockHttpServletRequest("DELETE", "/tags/some");
		request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of("resourceArn", "domains/".repeat(60_000) + "/\u0085/"));
		var response = new MockHttpServletResponse();

		var line = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> AuditLine.of(request, response, true));

		assertThat(line.domain()).isNull();
	}

	@Test
	void doesNotSayWhoReadWhatHeMay() {
		Ask.to(port, "GET", "/workflows").signed("AKREADER", SecuredTest.SECRET).send();
		Ask.to(port, "POST", "/domains/own-audited/workflows")
			.withBody("{}")
			.signed("AKREADER", SecuredTest.SECRET)
			.send();
		Ask.to(port, "GET", "/domains/own-audited/workflows/" + "0".repeat(32))
			.signed("AKREADER", SecuredTest.SECRET)
			.send();
		bySubmitter(create());

		assertThat(lines(1)).singleElement()
			.satisfies(line -> assertThat(line).containsEntry("operation", "CreateIntegrationWorkflow"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash" })
	void isJsonWhereTheLogIs(String format) {
		try (var json = StructuredLog.begin("audit", format)) {
			var created = bySubmitter(create());

			lines(1);
			assertThat(json.lines()).singleElement().satisfies(line -> {
				assertThat(line.at(format.equals("ecs") ? "/log/logger" : "/logger_name").asString(""))
					.isEqualTo("audit");
				assertThat(line.path("operation").asString("")).isEqualTo("CreateIntegrationWorkflow");
				assertThat(line.path("outcome").asString("")).isEqualTo("done");
				assertThat(line.path("status").asInt()).isEqualTo(202);
				assertThat(line.path("caller").asString("")).isEqualTo("susan");
				assertThat(line.path("authenticatedBy").asString("")).isEqualTo("signature");
				assertThat(line.path("remoteAddress").asString("")).isEqualTo("127.0.0.1");
				assertThat(line.path("requestId").asString("")).isEqualTo(created.header("x-amzn-RequestId"));
				assertThat(line.path("domain").asString("")).isEqualTo("own-audited");
				assertThat(line.path("workflowId").asString(""))
					.isEqualTo(created.body().path("WorkflowId").asString());
				assertThat(line.has("errorType")).isFalse();
			});
		}
	}

	/** A line is written once its answer is on its way. */
	private List<Map<String, String>> lines(int number) {
		await().atMost(Duration.ofSeconds(20)).until(() -> log.of("audit").size() >= number);
		return log.of("audit");
	}

	private Ask create() {
		return Ask.to(port, "POST", sample.path()).withBody(sample.json());
	}

	private static Ask.Answer bySubmitter(Ask ask) {
		var answer = ask.signed("AKSUBMITTER", SecuredTest.SECRET).send();
		assertThat(answer.status()).as(answer.text()).isLessThan(300);
		return answer;
	}

}
