package io.profileworkflows.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@OnTheSide
class AdminPagesTests {

	private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());

	private final HttpClient http = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		http.close();
		simulator.close();
	}

	@Test
	void explainsTheSimulator() throws Exception {
		var manual = send("GET", "", "");

		assertThat(manual.headers().firstValue("Content-Type"))
			.hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
		assertThat(manual.body()).contains("/_simulator/faults", "RESET_THEN_ACT");
		assertThat(send("GET", "/", "").body()).isEqualTo(manual.body());
	}

	@Test
	void tellsHowManyCreatesCameAndHowManyActed() throws Exception {
		simulator.faults().next(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.RESET_BEFORE);
		try (var aws = Sdk.client(simulator)) {
			assertThatExceptionOfType(SdkClientException.class)
				.isThrownBy(() -> aws.createIntegrationWorkflow(Sdk.create("orders")));
			aws.createIntegrationWorkflow(Sdk.create("orders"));
			aws.getDomain(request -> request.domainName("retail"));
		}

		var calls = get("/calls?flow-name=orders");

		assertThat(calls.path("Arrived").intValue()).isEqualTo(2);
		assertThat(calls.path("Acted").intValue()).isEqualTo(1);
		assertThat(calls.path("Calls").valueStream().map(call -> call.path("Fault").asString("")))
			.containsExactly("RESET_BEFORE", "");
		assertThat(get("/calls").path("Calls")).hasSize(3);
		assertThat(get("/calls?operation=GetDomain").path("Calls")).hasSize(1);
		assertThat(get("/calls?limit=1").path("Calls").path(0).path("Operation").stringValue()).isEqualTo("GetDomain");
	}

	@Test
	void plantsPinsAndShowsAForeignWorkflow() throws Exception {
		var planted = json(send("POST", "/workflows", """
				{ "DomainName": "retail", "FlowName": "theirs", "ConnectorType": "Marketo", "CreatedAt": 1767225600.5 }
				"""));
		var id = planted.path("WorkflowId").stringValue();

		assertThat(send("PUT", "/workflows/" + id + "/status", """
				{ "Status": "CANCELLED", "Description": "by hand" }
				""").statusCode()).isEqualTo(200);

		var shown = get("/workflows?flow-name=theirs").path("Workflows").path(0);
		assertThat(shown.path("Status").stringValue()).isEqualTo("CANCELLED");
		assertThat(shown.path("ErrorDescription").stringValue()).isEqualTo("by hand");
		assertThat(shown.path("ConnectorType").stringValue()).isEqualTo("Marketo");
		assertThat(shown.path("Planted").booleanValue()).isTrue();
		assertThat(shown.path("CreatedAt").decimalValue()).isEqualByComparingTo("1767225600.5");
		assertThat(get("/workflows?flow-name=ours").path("Workflows")).isEmpty();
	}

	@Test
	void plantsAWorkflowWithoutAConnectorProfile() throws Exception {
		var planted = json(send("POST", "/workflows", """
				{ "DomainName": "retail", "FlowName": "files", "ConnectorType": "S3", "ConnectorProfileName": null }
				"""));

		assertThat(planted.path("ConnectorProfileName").isNull()).isTrue();
	}

	@Test
	void setsAndClearsFaults() throws Exception {
		var plan = """
				{"Script":[{"Operation":"CreateIntegrationWorkflow","Fault":"RESET_AFTER","Times":2}],\
				"Chances":[{"Fault":"DELAY_AFTER","Delay":"PT2S","Probability":0.1}],\
				"Seed":7,"Lag":{"List":"PT2S","Get":"PT0S","Steps":"PT5S","Delete":"PT1M"}}""";

		assertThat(send("PUT", "/faults", plan).body()).isEqualTo(plan);
		assertThat(send("GET", "/faults", "").body()).isEqualTo(plan);
		assertThat(simulator.faults().take(Operation.CREATE_INTEGRATION_WORKFLOW)).isEqualTo(Fault.RESET_AFTER);
		assertThat(simulator.faults().lag().steps()).isEqualTo(Duration.ofSeconds(5));
		send("DELETE", "/faults", "");
		assertThat(simulator.faults().plan()).isEqualTo(new Faults().plan());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Scripts\": []}", "{\"Script\": [{\"Fault\": \"NONE\"}]}",
			"{\"Script\": [{\"Operation\": \"create\", \"Fault\": \"HTML_503\"}]}",
			"{\"Script\": [{\"Fault\": \"DELAY_AFTER\"}]}",
			"{\"Script\": [{\"Fault\": \"DELAY_AFTER\", \"Delay\": \"2s\"}]}",
			"{\"Chances\": [{\"Fault\": \"HTML_503\"}]}",
			"{\"Chances\": [{\"Fault\": \"HTML_503\", \"Probability\": 0.6}, {\"Fault\": \"RESET_AFTER\", \"Probability\": 0.6}]}",
			"{\"Script\": {\"Fault\": \"HTML_503\"}}", "nonsense" })
	void refusesAPlanItDoesNotUnderstandAndKeepsTheOldOne(String plan) throws Exception {
		simulator.faults().next(Operation.GET_DOMAIN, Fault.HTML_503);
		var before = simulator.faults().plan();

		assertThat(send("PUT", "/faults", plan).statusCode()).isEqualTo(400);
		assertThat(simulator.faults().plan()).isEqualTo(before);
	}

	@Test
	void resets() throws Exception {
		simulator.plant(ForeignWorkflow.of("retail", "theirs"));

		send("POST", "/reset", "");

		assertThat(simulator.workflows()).isEmpty();
	}

	@Test
	void saysWhereToReadOnWhenItDoesNotKnowAPage() throws Exception {
		var answer = send("GET", "/nothing", "");

		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("see GET /_simulator");
	}

	private JsonNode get(String path) throws Exception {
		return json(send("GET", path, ""));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.MAPPER.readTree(answer.body());
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		var request = HttpRequest.newBuilder(URI.create(simulator.endpoint() + AdminPages.ROOT + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		return http.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
