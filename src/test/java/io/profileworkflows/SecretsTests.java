package io.profileworkflows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is confidential in a request, planted wherever a FlowDefinition takes any text,
 * and looked for in all that the service says.
 */
@ServiceTest
class SecretsTests {

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private static final String MARKER = "pl4nted";

	/** AWS tells the name of the profile to all who may ask for the workflow. */
	private static final String MARKED_PROFILE = "pr0file";

	private static final Duration LONG = Duration.ofSeconds(30);

	private final JsonMapper json = new JsonMapper();

	private final List<String> answers = new ArrayList<>();

	private CapturedLog log;

	private final RestClient service;

	@Autowired
	Simulator aws;

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	SecretsTests() {
		this.service = RestClient.builder().defaultStatusHandler(_ -> true, (_, _) -> {
		}).build();
	}

	/** Not before: the application sets its logging up anew when it starts. */
	@BeforeEach
	void begin() {
		log = CapturedLog.begin();
	}

	@AfterEach
	void end() {
		log.close();
	}

	@Test
	void keepsWhatItWasToldWhateverBecomesOfIt() {
		var good = marked("secrets-good");
		var id = accept(good);
		assertThat(status(good)).as("once more").isEqualTo(202);
		assertThat(status(good.with(FLOW + "/Description", MARKER + " changed"))).as("conflicting").isEqualTo(409);
		await().atMost(LONG).until(() -> show(good, id), hasPhase("FINISHED"));

		lookEverywhere(good, id);

		hasSaidNothing();
	}

	@Test
	void keepsWhatItRefuses() {
		var good = marked("secrets-bad");
		var whole = good.json();
		var malformed = List.of(whole.substring(0, whole.length() / 2),
				whole.replace("\"" + MARKER + " description\"", MARKER), whole + MARKER, MARKER, "\"" + MARKER + "\"",
				whole.replace("{", "{ \"" + "x".repeat(1100) + "\": \"" + MARKER + "\","), "[".repeat(200) + MARKER);
		malformed.forEach(text -> assertThat(post(good, text, MediaType.APPLICATION_JSON)).isEqualTo(400));
		malformed.forEach(text -> assertThat(post(good, ": - *" + text, MediaType.APPLICATION_YAML)).isEqualTo(400));
		List.of(good.with(FLOW + "/Tasks", MARKER), good.with(FLOW + "/Description", "%" + MARKER.repeat(500)),
				good.with(FLOW + "/KmsArn", MARKER), good.with(FLOW + "/SourceFlowConfig/ConnectorType", MARKER),
				good.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression", MARKER),
				good.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/ScheduleStartTime", MARKER),
				good.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties", List.of(MARKER)),
				good.with(FLOW + "/Tasks", List.of(MARKER, List.of(MARKER), 7)))
			.forEach(bad -> assertThat(status(bad)).isEqualTo(400));

		hasSaidNothing();
	}

	@Test
	void keepsWhatFailsAtAws() {
		var unlucky = marked("secrets-unlucky");
		aws.faults()
			.next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429, Fault.RESET_BEFORE, Fault.GARBAGE_200);
		var ids = new ArrayList<String>();
		for (int number = 0; number < 4; number++) {
			ids.add(accept(unlucky.flowName("unlucky-" + number)));
		}
		ids.forEach(id -> await().atMost(LONG)
			.until(() -> show(unlucky, id), hasPhase("UNCONFIRMED").or(hasPhase("FINISHED"))));

		ids.forEach(id -> lookEverywhere(unlucky, id));

		hasSaidNothing();
	}

	private static SampleRequest marked(String domainName) {
		return SampleRequest.in(domainName)
			.with(FLOW + "/Description", MARKER + " description")
			.with(FLOW + "/KmsArn", "arn:aws:kms:eu-central-1:123456789012:key/" + MARKER)
			.with(FLOW + "/SourceFlowConfig/ConnectorProfileName", MARKED_PROFILE)
			.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties/Salesforce/Object", MARKER + "Object")
			.with(FLOW + "/SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName", MARKER + "Date")
			.with(FLOW + "/Tasks/0/SourceFields", List.of("Id", MARKER + "Name", "Phone", MARKER + "Date"))
			.with(FLOW + "/Tasks/2/SourceFields", List.of(MARKER + "Name"))
			.with(FLOW + "/Tasks/2/DestinationField", MARKER + "Destination")
			.with(FLOW + "/Tasks/1/TaskProperties/SOURCE_DATA_TYPE", MARKER);
	}

	private void hasSaidNothing() {
		assertThat(answers).isNotEmpty().noneMatch(answer -> answer.contains(MARKER));
		assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(MARKER) || line.contains(MARKED_PROFILE));
	}

	private void lookEverywhere(SampleRequest request, String id) {
		var workflows = "/domains/%s/workflows".formatted(request.domainName());
		get(port, "/workflows");
		get(port, workflows);
		get(port, workflows + "/" + id + "/steps");
		get(port, workflows + "/" + id + "/history");
		ask(HttpMethod.POST, port, request.path() + "?dry-run=true", request.json(), MediaType.APPLICATION_JSON);
		// its findings tell the caller what they are about
		answers.removeLast();
		get(managementPort, "/actuator/workflows/" + id);
		get(managementPort, "/actuator/outbox");
		get(managementPort, "/actuator/prometheus");
		get(managementPort, "/actuator/metrics");
		get(managementPort, "/actuator/info");
	}

	private String accept(SampleRequest request) {
		assertThat(status(request)).as(() -> answers.getLast()).isEqualTo(202);
		return json.readTree(answers.getLast()).path("WorkflowId").asString("");
	}

	private String show(SampleRequest request, String id) {
		get(port, "/domains/%s/workflows/%s".formatted(request.domainName(), id));
		return answers.getLast();
	}

	private static Predicate<String> hasPhase(String phase) {
		return answer -> answer.contains("\"Phase\":\"%s\"".formatted(phase));
	}

	private int status(SampleRequest request) {
		return post(request, request.json(), MediaType.APPLICATION_JSON);
	}

	private int post(SampleRequest request, String body, MediaType type) {
		return ask(HttpMethod.POST, port, request.path(), body, type);
	}

	private void get(int port, String path) {
		assertThat(ask(HttpMethod.GET, port, path, "", MediaType.APPLICATION_JSON)).as(path).isEqualTo(200);
	}

	private int ask(HttpMethod method, int port, String path, String body, MediaType type) {
		var request = service.method(method).uri("http://localhost:%d%s".formatted(port, path));
		var answer = (body.isEmpty() ? request : request.contentType(type).body(body)).retrieve()
			.toEntity(String.class);
		answers.add(answer.getHeaders().toString());
		answers.add(Objects.requireNonNullElse(answer.getBody(), ""));
		return answer.getStatusCode().value();
	}

}
