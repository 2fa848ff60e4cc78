package io.profileworkflows.workflow.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@PostgresTest
@EmptyTables
class WorkflowControllerTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String FLOW = "/IntegrationConfig/AppflowIntegration/FlowDefinition";

	private final SampleRequest sample = SampleRequest.unique();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	MeterRegistry meters;

	@Autowired
	JdbcClient jdbc;

	@Test
	void acceptsARequestAndTellsWhereToFollowIt() {
		var response = create(sample).exchange();

		assertThat(response).hasStatus(HttpStatus.ACCEPTED).hasHeader("Retry-After", "2");
		var body = body(response);
		assertThat(body.path("WorkflowId").stringValue()).matches("[a-f0-9]{32}");
		assertThat(body.path("Message").stringValue()).isNotBlank();
		assertThat(response.getResponse().getHeader("Location")).isEqualTo(
				"/domains/%s/workflows/%s".formatted(sample.domainName(), body.path("WorkflowId").stringValue()));
		assertThat(response).doesNotContainHeader("Idempotency-Replayed");
		assertThat(mvc.get().uri(response.getResponse().getHeader("Location"))).hasStatusOk();
	}

	@Test
	void warnsOfWhatIsProbablyNotMeant() {
		var response = create(sample.role("arn:aws:iam::999999999999:role/customer-profiles-ingest")).exchange();

		assertThat(response).hasStatus(HttpStatus.ACCEPTED);
		assertThat(body(response).path("Warnings").valueStream().map(warning -> warning.path("Pointer").stringValue()))
			.contains("/RoleArn");
	}

	@Test
	void repeatsItsWarningsWhenItRepeatsItsAnswer() {
		var odd = sample.role("arn:aws:iam::999999999999:role/customer-profiles-ingest");
		var first = create(odd).exchange();

		assertThat(body(create(odd).exchange())).isEqualTo(body(first));
	}

	@Test
	void showsAWorkflowAsAwsDoesAndMore() {
		var id = accepted(sample);

		var response = show(id).exchange();

		assertThat(response).hasStatusOk();
		var body = body(response);
		assertThat(body.path("WorkflowId").stringValue()).isEqualTo(id);
		assertThat(body.path("WorkflowType").stringValue()).isEqualTo("APPFLOW_INTEGRATION");
		assertThat(body.path("Status").stringValue()).isEqualTo("NOT_STARTED");
		assertThat(body.path("Phase").stringValue()).isEqualTo("ACCEPTED");
		assertThat(body.path("StartDate").isNumber()).isTrue();
		assertThat(body.path("LastUpdatedAt").isNumber()).isTrue();
		assertThat(body.at("/Attributes/AppflowIntegration/SourceConnectorType").stringValue()).isEqualTo("Salesforce");
		assertThat(body.at("/Tags/team").stringValue()).isEqualTo("crm");
		assertThat(body.path("RequestedBy").stringValue()).isEqualTo("anonymous");
		assertThat(body.path("Arn").stringValue()).isEqualTo(
				"arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(sample.domainName(), id));
		assertThat(body.has("RemoteWorkflowId")).isFalse();
	}

	@Test
	void readsYaml() {
		var id = body(create(sample).exchange()).path("WorkflowId");

		var response = mvc.post()
			.uri(sample.path())
			.contentType(MediaType.APPLICATION_YAML)
			.content(sample.yaml())
			.exchange();

		assertThat(response).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
		assertThat(body(response).path("WorkflowId")).isEqualTo(id);
	}

	@Test
	void countsReplays() {
		var replays = meters.get("idempotency.replays").counter();
		var before = replays.count();

		create(sample).exchange();
		create(sample).exchange();

		assertThat(replays.count()).isEqualTo(before + 1);
	}

	@Test
	void repeatsTheAnswerToTheSameKey() {
		var first = create(sample).header("Idempotency-Key", "order-66").exchange();
		end(first);

		var second = create(sample).header("Idempotency-Key", "order-66").exchange();

		assertThat(second).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
		assertThat(body(second)).isEqualTo(body(first));
	}

	@Test
	void repeatsTheAnswerToTheSameInvocationOfAnSdk() {
		var first = create(sample).header("amz-sdk-invocation-id", "6e2b-8f").exchange();
		end(first);

		var second = create(sample).header("amz-sdk-invocation-id", "6e2b-8f").exchange();

		assertThat(second).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
		assertThat(body(second)).isEqualTo(body(first));
	}

	@Test
	void prefersTheKeyThatTheCallerChose() {
		create(sample).header("Idempotency-Key", "order-66").header("amz-sdk-invocation-id", "6e2b-8f").exchange();

		var other = create(SampleRequest.unique()).header("Idempotency-Key", "order-67")
			.header("amz-sdk-invocation-id", "6e2b-8f");

		assertThat(other).hasStatus(HttpStatus.ACCEPTED).doesNotContainHeader("Idempotency-Replayed");
	}

	@ParameterizedTest
	@MethodSource("goodKeys")
	void takesAnyKeyOfUpTo255Characters(String key) {
		var first = create(sample).header("Idempotency-Key", key).exchange();
		end(first);

		assertThat(first).hasStatus(HttpStatus.ACCEPTED);
		assertThat(body(create(sample).header("Idempotency-Key", key).exchange())).isEqualTo(body(first));
	}

	static Stream<String> goodKeys() {
		return Stream.of("x", "k".repeat(255), "clé-n°1", "\"quoted\"", "two words");
	}

	@ParameterizedTest
	@MethodSource("badKeys")
	void refusesAKeyThatIsEmptyOrTooLong(String key) {
		assertThat(
				problem(create(sample).header("Idempotency-Key", key), HttpStatus.BAD_REQUEST, "BadRequestException"))
			.isEqualTo("Idempotency-Key must be 1 to 255 characters");
		assertThat(count("workflow")).isZero();
	}

	static Stream<String> badKeys() {
		return Stream.of("", " ", "k".repeat(256));
	}

	@Test
	void refusesAKeyThatStandsForAnotherRequest() {
		var first = body(create(sample).header("Idempotency-Key", "order-66").exchange());
		var second = create(sample.objectType("Salesforce-Lead")).header("Idempotency-Key", "order-66");

		problem(second, HttpStatus.UNPROCESSABLE_CONTENT, "IdempotentParameterMismatchException");
		assertThat(body(second.exchange()).path("WorkflowId")).isEqualTo(first.path("WorkflowId"));
	}

	@Test
	void refusesAFlowNameThatAnotherWorkflowHolds() {
		var holder = accepted(sample);
		var second = create(sample.objectType("Salesforce-Lead"));

		assertThat(problem(second, HttpStatus.CONFLICT, "ConflictException")).contains(sample.flowName(), holder);
		assertThat(body(second.exchange()).path("WorkflowId").stringValue()).isEqualTo(holder);
	}

	@Test
	void namesAllThatIsWrongWithARequestAtOnce() {
		var wrong = sample.role("not-an-arn").with("/Surprise", 1).with(FLOW + "/KmsArn", 17).flowName("bad name!");

		var message = problem(create(wrong), HttpStatus.BAD_REQUEST, "BadRequestException");

		var violations = body(create(wrong).exchange()).path("Violations");
		assertThat(violations.valueStream().map(violation -> violation.path("Pointer").stringValue()))
			.contains("/RoleArn", "/Surprise", FLOW + "/KmsArn", FLOW + "/FlowName");
		assertThat(violations.valueStream()).allSatisfy(violation -> {
			assertThat(violation.path("Message").stringValue()).isNotBlank();
			assertThat(violation.size()).isEqualTo(2);
		});
		assertThat(message).contains("RoleArn", "Surprise", "KmsArn", "FlowName");
		assertThat(count("workflow")).isZero();
	}

	@Test
	void saysWhatADryRunWouldSayAndStoresNothing() {
		var good = create(sample).queryParam("dry-run", "true").exchange();
		assertThat(good).hasStatusOk();
		assertThat(body(good).path("Violations")).isEmpty();

		assertThat(body(good).path("Findings").valueStream()).extracting(finding -> finding.path("Name").stringValue())
			.containsExactly("DOMAIN", "OBJECT_TYPE", "ROLE", "KMS_KEY", "DOMAIN_KMS_KEY", "INTEGRATIONS",
					"CONNECTOR_PROFILE", "SOURCE_FIELDS");

		var bad = create(sample.role("not-an-arn")).queryParam("dry-run", "true").exchange();
		assertThat(bad).hasStatusOk();
		assertThat(body(bad).at("/Violations/0/Pointer").stringValue()).isEqualTo("/RoleArn");
		assertThat(body(bad).path("Findings")).isEmpty();
		assertThat(body(bad).path("Acceptable").booleanValue()).isFalse();

		assertThat(Stream.of("workflow", "workflow_history", "outbox", "flow_name_reservation", "idempotency_key"))
			.allSatisfy(table -> assertThat(count(table)).as(table).isZero());
	}

	@Test
	void saysInADryRunWhatIsNotThereAtAws() {
		var missing = body(create(sample.objectType("MissingType")).queryParam("dry-run", "true").exchange());
		assertThat(missing.path("Acceptable").booleanValue()).isFalse();
		assertThat(missing.at("/Findings/0")).isEqualTo(JSON.readTree("""
				{ "Name": "DOMAIN", "Subject": "%s", "Result": "PASSED", "Pointer": "/DomainName" }
				""".formatted(sample.domainName())));
		assertThat(missing.at("/Findings/1")).isEqualTo(JSON.readTree(
				"""
						{ "Name": "OBJECT_TYPE", "Subject": "MissingType", "Result": "FAILED",
						  "Reason": "does not exist in this domain, or is hidden from this service", "Pointer": "/ObjectTypeName" }
						"""));
		assertThat(create(sample.objectType("MissingType"))).as("accepted all the same, by default")
			.hasStatus(HttpStatus.ACCEPTED);
	}

	@Test
	void computesBatchesWhereARequestHasNone() {
		var without = sample.with("/IntegrationConfig/AppflowIntegration/Batches", List.of());

		var shown = body(create(without).queryParam("dry-run", "true")
			.queryParam("import-since", "2024-01-01T00:00:00Z")
			.exchange());
		assertThat(shown.path("Acceptable").booleanValue()).isTrue();
		assertThat(shown.path("Batches")).hasSizeGreaterThan(10);
		assertThat(shown.at("/Batches/0")).isEqualTo(JSON.readTree("""
				{ "StartTime": 1704067200.000, "EndTime": 1709251200.000 }
				"""));
		assertThat(count("workflow")).isZero();

		var response = create(without).queryParam("import-since", "2024-01-01T00:00:00Z").exchange();
		assertThat(response).hasStatus(HttpStatus.ACCEPTED);
		assertThat(jdbc.sql("""
				select request #>> '{IntegrationConfig,AppflowIntegration,Batches,0,EndTime}' from workflow
				""").query(String.class).single()).isEqualTo("1709251200");
		var again = create(without).queryParam("import-since", "2024-01-01").exchange();
		assertThat(again).hasStatus(HttpStatus.ACCEPTED).hasHeader("Idempotency-Replayed", "true");
	}

	@Test
	void saysThatARequestHasBatchesOfItsOwn() {
		var shown = body(
				create(sample).queryParam("dry-run", "true").queryParam("import-since", "2024-01-01").exchange());

		assertThat(shown.has("Batches")).isFalse();
		assertThat(shown.path("Warnings").valueStream().map(warning -> warning.path("Pointer").stringValue()))
			.contains("/IntegrationConfig/AppflowIntegration/Batches");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2199-01-01", "1704067200000" })
	void computesNoBatchesFromWhatIsNoTimeInThePast(String since) {
		assertThat(problem(create(sample).queryParam("import-since", since), HttpStatus.BAD_REQUEST,
				"BadRequestException"))
			.startsWith("import-since must be a time in the past");
	}

	@Test
	void takesNothingForAnAnswerToWhetherItIsADryRun() {
		assertThat(
				problem(create(sample).queryParam("dry-run", "perhaps"), HttpStatus.BAD_REQUEST, "BadRequestException"))
			.isEqualTo("dry-run must be true or false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "{", "{} {}", "17", "\"text\"" })
	void refusesWhatIsNoDocument(String body) {
		problem(mvc.post().uri(sample.path()).contentType(MediaType.APPLICATION_JSON).content(body),
				HttpStatus.BAD_REQUEST, "BadRequestException");
	}

	@Test
	void refusesADocumentForAnotherDomain() {
		var elsewhere = mvc.post()
			.uri("/domains/elsewhere/workflows/integrations")
			.contentType(MediaType.APPLICATION_JSON)
			.content(sample.json());

		assertThat(problem(elsewhere, HttpStatus.BAD_REQUEST, "BadRequestException")).contains("DomainName");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "multipart/form-data", "nonsense", "*/*" })
	void refusesADocumentOfAnotherType(String contentType) {
		var other = mvc.post().uri(sample.path()).header("Content-Type", contentType).content(sample.json());

		assertThat(problem(other, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeException"))
			.isEqualTo("Content-Type must be application/json or application/yaml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json;charset=UTF-8", "application/x-amz-json-1.1",
			"application/vnd.api+json" })
	void readsJsonUnderAllItsNames(String contentType) {
		assertThat(mvc.post().uri(sample.path()).header("Content-Type", contentType).content(sample.json()))
			.hasStatus(HttpStatus.ACCEPTED);
	}

	@Test
	void readsJsonWhenNobodySaysWhatItIs() {
		assertThat(mvc.post().uri(sample.path()).content(sample.json())).hasStatus(HttpStatus.ACCEPTED);
	}

	static Stream<Arguments> refused() {
		var id = "0123456789abcdef0123456789abcdef";
		return Stream.of(
				arguments("GET", "/domains/retail/workflows/" + id, HttpStatus.NOT_FOUND, "ResourceNotFoundException"),
				arguments("GET", "/domains/retail/workflows/" + id + "/steps", HttpStatus.NOT_FOUND,
						"ResourceNotFoundException"),
				arguments("GET", "/domains/retail/workflows/" + id + "/history", HttpStatus.NOT_FOUND,
						"ResourceNotFoundException"),
				arguments("DELETE", "/domains/retail/workflows/" + id, HttpStatus.NOT_FOUND,
						"ResourceNotFoundException"),
				arguments("GET", "/domains/retail/workflows/" + id.toUpperCase(Locale.ROOT), HttpStatus.BAD_REQUEST,
						"BadRequestException"),
				arguments("GET", "/domains/retail/workflows/17", HttpStatus.BAD_REQUEST, "BadRequestException"),
				arguments("GET", "/domains/not a domain/workflows/" + id, HttpStatus.BAD_REQUEST,
						"BadRequestException"),
				arguments("GET", "/domains/" + "x".repeat(65) + "/workflows", HttpStatus.BAD_REQUEST,
						"BadRequestException"),
				arguments("GET", "/domains/retail/workflows?max-results=0", HttpStatus.BAD_REQUEST,
						"BadRequestException"),
				arguments("GET", "/domains/retail/workflows?next-token=x", HttpStatus.BAD_REQUEST,
						"BadRequestException"),
				arguments("GET", "/domains/retail/workflows?surprise=1", HttpStatus.BAD_REQUEST, "BadRequestException"),
				arguments("PATCH", "/domains/retail/workflows/" + id, HttpStatus.METHOD_NOT_ALLOWED,
						"MethodNotAllowedException"),
				arguments("PUT", "/domains/retail/workflows/integrations", HttpStatus.METHOD_NOT_ALLOWED,
						"MethodNotAllowedException"),
				arguments("GET", "/nowhere", HttpStatus.NOT_FOUND, "UnknownOperationException"),
				arguments("POST", "/domains/retail", HttpStatus.NOT_FOUND, "UnknownOperationException"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusesEachInTheSameManner(String method, String path, HttpStatus status, String errorType) {
		problem(mvc.method(HttpMethod.valueOf(method)).uri(uri(path)), status, errorType);
	}

	@Test
	void showsAWorkflowOnlyInItsOwnDomain() {
		var id = accepted(sample);

		problem(mvc.get().uri("/domains/elsewhere/workflows/" + id), HttpStatus.NOT_FOUND, "ResourceNotFoundException");
	}

	@Test
	void refusesToAnswerInAnotherFormat() {
		var id = accepted(sample);

		problem(show(id).accept(MediaType.APPLICATION_XML), HttpStatus.NOT_ACCEPTABLE, "NotAcceptableException");
	}

	@Test
	void namesTheMethodsThatThereAre() {
		var response = mvc.patch().uri("/domains/retail/workflows").exchange();

		assertThat(response).hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
		assertThat(response.getResponse().getHeader("Allow").split(", ")).containsExactlyInAnyOrder("GET", "POST");
	}

	@Test
	void repeatsNothingOfAFlowDefinitionInAnError() {
		var secretive = sample.with(FLOW + "/Description", "SECRET".repeat(400))
			.with(FLOW + "/KmsArn", "SECRET")
			.with(FLOW + "/SourceFlowConfig/ConnectorProfileName", "SECRET !")
			.with(FLOW + "/SourceFlowConfig/ConnectorType", "SECRET")
			.with(FLOW + "/SourceFlowConfig/SourceConnectorProperties/Salesforce",
					Map.of("Object", "SECRET !", "EnableDynamicFieldUpdate", "SECRET"))
			.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/ScheduleExpression", "SECRET")
			.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/ScheduleStartTime", "SECRET")
			.with(FLOW + "/TriggerConfig/TriggerProperties/Scheduled/Timezone", "SECRET")
			.with(FLOW + "/Tasks",
					List.of(Map.of("TaskType", "SECRET", "SourceFields", List.of("SECRET ?", 17), "ConnectorOperator",
							Map.of("Salesforce", "SECRET"), "TaskProperties", Map.of("VALUE", "SECRET ".repeat(400)),
							"DestinationField", "SECRET ".repeat(50))));

		var response = create(secretive).exchange();

		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(response).bodyText().doesNotContain("SECRET");
	}

	@Test
	void repeatsNothingOfAFlowDefinitionThatCannotBeParsed() {
		for (var broken : List.of("{ \"FlowDefinition\": SECRET }", "{ \"KmsArn\": \"SECRET\nSECRET\" }",
				sample.json().replace("sales-org", "SECRET").replaceFirst("}$", ""))) {
			var response = mvc.post().uri(sample.path()).content(broken).exchange();

			assertThat(response).hasStatus(HttpStatus.BAD_REQUEST);
			assertThat(response).bodyText().doesNotContain("SECRET");
		}
	}

	@Test
	void repeatsNothingOfAFlowDefinitionWhenItConflicts() {
		var secretive = sample.with(FLOW + "/Description", "SECRET");
		create(secretive).header("Idempotency-Key", "order-66").exchange();

		assertThat(create(secretive.objectType("Salesforce-Lead"))).hasStatus(HttpStatus.CONFLICT)
			.bodyText()
			.doesNotContain("SECRET");
		assertThat(create(secretive.objectType("Salesforce-Lead")).header("Idempotency-Key", "order-66"))
			.hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
			.bodyText()
			.doesNotContain("SECRET");
	}

	@Test
	void failsWithoutTellingWhatFailed() {
		jdbc.sql("alter table workflow_history rename to workflow_history_away").update();
		try {
			var response = create(sample);
			var message = problem(response, HttpStatus.INTERNAL_SERVER_ERROR, "InternalServerException");
			assertThat(message).doesNotContainIgnoringCase("insert").doesNotContain("workflow_history");
		}
		finally {
			jdbc.sql("alter table workflow_history_away rename to workflow_history").update();
		}
	}

	@Test
	void sendsAWorkflowOnlyToThoseWhoDoNotHaveIt() {
		var id = accepted(sample);
		var etag = show(id).exchange().getResponse().getHeader("ETag");

		assertThat(etag).isNotBlank();
		var unchanged = show(id).header("If-None-Match", etag).exchange();
		assertThat(unchanged).hasStatus(HttpStatus.NOT_MODIFIED).hasHeader("ETag", etag);
		assertThat(unchanged).bodyText().isEmpty();

		mvc.delete().uri("/domains/{domain}/workflows/{id}", sample.domainName(), id).exchange();
		var changed = show(id).header("If-None-Match", etag).exchange();
		assertThat(changed).hasStatusOk();
		assertThat(changed.getResponse().getHeader("ETag")).isNotEqualTo(etag);
	}

	@Test
	void deletesAWorkflowAsAwsDoes() {
		var id = accepted(sample);
		var delete = mvc.delete().uri("/domains/{domain}/workflows/{id}", sample.domainName(), id);

		assertThat(delete).hasStatusOk().bodyText().isEqualTo("{}");
		assertThat(delete).as("again").hasStatusOk();
		assertThat(body(show(id).exchange()).path("Status").stringValue()).isEqualTo("CANCELLED");
	}

	@Test
	void wantsTheDeletionOfAnAdoptedWorkflowConfirmed() {
		var id = accepted(sample);
		adopt(id);

		problem(mvc.delete().uri("/domains/{domain}/workflows/{id}", sample.domainName(), id), HttpStatus.CONFLICT,
				"ConflictException");
		assertThat(mvc.delete().uri("/domains/{domain}/workflows/{id}?confirm-adopted=true", sample.domainName(), id))
			.hasStatusOk();
		assertThat(body(show(id).exchange()).path("Phase").stringValue()).isEqualTo("DELETING");
	}

	@Test
	void tellsTheHistoryPageByPage() {
		var id = accepted(sample);
		mvc.delete().uri("/domains/{domain}/workflows/{id}", sample.domainName(), id).exchange();
		var history = "/domains/%s/workflows/%s/history?max-results=1".formatted(sample.domainName(), id);

		var first = body(mvc.get().uri(history).exchange());
		var second = body(mvc.get().uri(history + "&next-token=" + first.path("NextToken").stringValue()).exchange());

		assertThat(first.at("/Items/0/ToPhase").stringValue()).isEqualTo("ACCEPTED");
		assertThat(first.at("/Items/0/Actor").stringValue()).isEqualTo("anonymous");
		assertThat(second.at("/Items/0/ToPhase").stringValue()).isEqualTo("CANCELLED");
		assertThat(second.at("/Items/0/FromPhase").stringValue()).isEqualTo("ACCEPTED");
		assertThat(second.has("NextToken")).isFalse();
	}

	@Test
	void showsAStatusThatNobodyHereKnows() {
		var id = accepted(sample);
		jdbc.sql("update workflow set remote_status = 'DREAMING'").update();
		assertThat(body(show(id).exchange()).path("RemoteStatus").stringValue()).isEqualTo("DREAMING");

		jdbc.sql("update workflow set remote_status = 'IN_PROGRESS'").update();
		assertThat(body(show(id).exchange()).has("RemoteStatus")).isFalse();
	}

	@Test
	void givesEachRequestAnIdOfItsOwn() {
		var one = mvc.get().uri("/workflows").exchange().getResponse().getHeader("x-amzn-RequestId");
		var other = mvc.get().uri("/workflows").exchange().getResponse().getHeader("x-amzn-RequestId");

		assertThat(one).isNotBlank().isNotEqualTo(other);
	}

	@Test
	void refusesItsOwnCalls() {
		var looped = create(sample).header(CustomerProfiles.HOP_HEADER, "1");

		problem(looped, HttpStatus.LOOP_DETECTED, "LoopDetectedException");
		assertThat(count("workflow")).isZero();
	}

	private MockMvcRequestBuilder create(SampleRequest request) {
		return mvc.post().uri(request.path()).contentType(MediaType.APPLICATION_JSON).content(request.json());
	}

	private MockMvcRequestBuilder show(String id) {
		return mvc.get().uri("/domains/{domain}/workflows/{id}", sample.domainName(), id);
	}

	private String accepted(SampleRequest request) {
		return body(create(request).exchange()).path("WorkflowId").stringValue();
	}

	/** So that only its key can find it. */
	private void end(MvcTestResult accepted) {
		mvc.delete().uri(Objects.requireNonNull(accepted.getResponse().getHeader("Location"))).exchange();
	}

	private void adopt(String id) {
		jdbc.sql(
				"""
						update workflow set phase = 'SUBMITTING'; update workflow set phase = 'SUBMITTED', provenance = 'ADOPTED',
						  remote_workflow_id = '%s'; delete from outbox
						"""
					.formatted(id))
			.update();
	}

	/**
	 * Checks that it is refused in the manner of all errors.
	 * @return the message
	 */
	private static @Nullable String problem(MockMvcRequestBuilder request, HttpStatus status, String errorType) {
		var response = request.exchange();
		assertThat(response).hasStatus(status)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("x-amzn-ErrorType", errorType);
		assertThat(response.getResponse().getHeader("x-amzn-RequestId")).isNotBlank();
		var body = body(response);
		assertThat(body.path("status").intValue()).isEqualTo(status.value());
		assertThat(body.path("Message").stringValue()).isNotBlank().isEqualTo(body.path("detail").stringValue());
		assertThat(body.has("trace")).isFalse();
		return body.path("Message").stringValue();
	}

	private static JsonNode body(MvcTestResult response) {
		return JSON.readTree(response.getResponse().getContentAsByteArray());
	}

	private static URI uri(String path) {
		return URI.create(path.replace(" ", "%20"));
	}

	private long count(String table) {
		return jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

}
