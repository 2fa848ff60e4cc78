package io.profileworkflows.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import io.profileworkflows.StructuredLog;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
class StructuredLogTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String SECRET = "canary-in-a-mine";

	private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.profileworkflows");

	private final JsonMapper json = new JsonMapper();

	@Autowired
	Simulator aws;

	private final RestClient service;

	private StructuredLog log;

	StructuredLogTests(@LocalServerPort int port) {
		this.service = RestClient.builder()
			.baseUrl("http://localhost:" + port)
			.defaultStatusHandler(_ -> true, (_, _) -> {
			})
			.build();
	}

	@AfterEach
	void end() {
		log.close();
		OURS.setLevel(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash" })
	void namesRequestDomainAndWorkflowOfARequestAndOfItsWork(String format) {
		log = StructuredLog.begin(OURS.getName(), format);

		var answer = post(SampleRequest.in("logged-" + format).with(FLOW + "/Description", SECRET));

		var id = idIn(answer);
		await().atMost(Duration.ofSeconds(20)).until(() -> of(id).stream().anyMatch(line -> isPhase(line, "FINISHED")));
		var accepted = the(id, "ACCEPTED");
		var submitted = the(id, "SUBMITTED");
		assertThat(accepted.path("requestId").asString("")).isEqualTo(requestId(answer));
		assertThat(submitted.path("requestId").asString("")).isEqualTo(requestId(answer));
		assertThat(submitted.path("trace.id")).isEqualTo(accepted.path("trace.id"));
		assertThat(submitted.path("trace.id").asString("")).matches("[0-9a-f]{32}");
		assertThat(submitted.path("span.id").asString("")).matches("[0-9a-f]{16}")
			.isNotEqualTo(accepted.path("span.id").asString(""));
		assertThat(submitted.path("awsRequestId").asString("")).isNotEmpty();
		assertThat(of(id))
			.allSatisfy(line -> assertThat(line.path("domain").asString("")).isEqualTo("logged-" + format));
		assertThat(the(id, "FINISHED").has("requestId")).as("of a sweep that many requests have caused").isFalse();
		assertThat(log.text()).noneMatch(line -> line.contains(SECRET));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash" })
	void saysNothingOfFlowDefinitionWhateverGoesWrong(String format) {
		log = StructuredLog.begin(OURS.getName(), format);
		OURS.setLevel(Level.DEBUG);
		var request = SampleRequest.in("secretive-" + format).with(FLOW + "/Description", SECRET);

		var invalid = post(request.with(FLOW + "/Tasks", SECRET));
		aws.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_BEFORE);
		var unconfirmed = idIn(post(request));

		assertThat(invalid.getStatusCode().value()).isEqualTo(400);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> of(unconfirmed).stream().anyMatch(line -> isPhase(line, "UNCONFIRMED")));
		assertThat(the(unconfirmed, "UNCONFIRMED").at((format.equals("ecs")) ? "/log/level" : "/level").asString(""))
			.isEqualTo("WARN");
		assertThat(log.text()).noneMatch(line -> line.contains(SECRET));
	}

	private ResponseEntity<String> post(SampleRequest request) {
		return service.post()
			.uri(request.path())
			.contentType(MediaType.APPLICATION_JSON)
			.body(request.json())
			.retrieve()
			.toEntity(String.class);
	}

	private String idIn(ResponseEntity<String> answer) {
		return json.readTree(Objects.requireNonNull(answer.getBody())).path("WorkflowId").asString("");
	}

	private static String requestId(ResponseEntity<String> answer) {
		return Objects.requireNonNull(answer.getHeaders().getFirst("x-amzn-RequestId"));
	}

	private List<JsonNode> of(String workflowId) {
		return log.lines().stream().filter(line -> line.path("workflowId").asString("").equals(workflowId)).toList();
	}

	private JsonNode the(String workflowId, String phase) {
		return of(workflowId).stream().filter(line -> isPhase(line, phase)).findFirst().orElseThrow();
	}

	private static boolean isPhase(JsonNode line, String phase) {
		return line.path("phase").asString("").equals(phase);
	}

}
