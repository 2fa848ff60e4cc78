package io.profileworkflows.workflow.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.security.Requires;
import io.profileworkflows.simulator.ForeignWorkflow;
import io.profileworkflows.simulator.PlantedFlow;
import io.profileworkflows.watching.Snapshots;
import io.profileworkflows.watching.Watcher;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.watching.WatchingSettings;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Step;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class OpenApiTests {

	private static final Set<String> IN_LOWER_CASE_AT_AWS = Set.of("TagResourceRequest", "ListTagsForResourceResponse");

	private static final Set<String> OF_RFC_9457 = Set.of("type", "title", "status", "detail");

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	MockMvcTester mvc;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Snapshots snapshots;

	@Autowired
	Watchers watchers;

	@Autowired
	WatchingSettings watching;

	@Autowired
	WorkOff workOff;

	private String json;

	private ApiPage page;

	@BeforeEach
	void read() {
		json = body(mvc.get().uri("/v3/api-docs").exchange());
		page = new ApiPage(json);
	}

	/** Whatever was paused by a test that failed: others use the same database. */
	@AfterEach
	void resume() {
		assertThat(post("/resume", "{\"Reason\": \"the test is over\"}")).hasStatusOk();
	}

	@Test
	void isValidOpenApi() {
		var options = new ParseOptions();
		options.setResolve(true);

		var parsed = new OpenAPIV3Parser().readContents(json, null, options);

		assertThat(parsed.getMessages()).isEmpty();
		assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1.");
	}

	@Test
	void hasValidSchemas() {
		var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

		assertThat(page.schemas().propertyStream()).isNotEmpty()
			.allSatisfy(schema -> assertThat(meta.validate(schema.getValue())).as(schema.getKey()).isEmpty());
	}

	@Test
	void describesEveryOperationAndNoOther() {
		var named = requestMappingHandlerMapping.getHandlerMethods()
			.keySet()
			.stream()
			.filter(mapping -> mapping.getName() != null && !mapping.getName().startsWith("Page."))
			.flatMap(mapping -> mapping.getMethodsCondition()
				.getMethods()
				.stream()
				.flatMap(method -> mapping.getPatternValues()
					.stream()
					.map(path -> "%s %s %s".formatted(mapping.getName(), method, path.replaceAll("\\{\\w+}", "{}")))))
			.distinct();

		assertThat(page.operations().map(operation -> operation.id() + " " + operation.mapping()))
			.containsExactlyInAnyOrderElementsOf(named.toList());
	}

	/** What the audit log and this page call it. */
	@Test
	void namesEveryOperationThatSomebodyMayBeRefused() {
		assertThat(requestMappingHandlerMapping.getHandlerMethods())
			.allSatisfy((mapping, method) -> assertThat(mapping.getName() != null).as("%s has a name", method)
				.isEqualTo(method.hasMethodAnnotation(Requires.class)));
	}

	@Test
	void callsOperationsAsAwsDoes() {
		assertThat(page.operations().map(ApiPage.Described::id)).doesNotHaveDuplicates()
			.contains("CreateIntegrationWorkflow", "GetWorkflow", "GetWorkflowSteps", "ListWorkflows", "DeleteWorkflow",
					"TagResource", "UntagResource", "ListTagsForResource");
	}

	@Test
	void describesEveryOperationAndParameterInWords() {
		assertThat(page.operations()).allSatisfy(operation -> {
			assertThat(operation.node().path("summary").asString()).as(operation.id()).isNotBlank();
			assertThat(operation.parameters()).as(operation.id()).allSatisfy(parameter -> {
				assertThat(parameter.path("description").asString()).isNotBlank();
				assertThat(parameter.has("example") || parameter.at("/schema/examples").isArray()
						|| parameter.at("/schema/default").isValueNode())
					.as("%s has an example", parameter)
					.isTrue();
			});
			assertThat(operation.responses()).as(operation.id())
				.allSatisfy(response -> assertThat(response.path("description").asString()).isNotBlank()
					.isNotEqualTo("OK"));
		});
	}

	@Test
	void describesEverySchemaAndMemberInWords() {
		assertThat(page.schemas().propertyStream()).allSatisfy(schema -> {
			assertThat(schema.getValue().path("description").asString("")).as(schema.getKey()).isNotBlank();
			assertThat(schema.getValue().path("properties").propertyStream())
				.allSatisfy(member -> assertThat(member.getValue().path("description").asString(""))
					.as(schema.getKey() + "." + member.getKey())
					.isNotBlank());
		});
	}

	@Test
	void namesMembersAsAwsDoes() {
		assertThat(page.schemas().propertyStream().filter(schema -> !IN_LOWER_CASE_AT_AWS.contains(schema.getKey())))
			.allSatisfy(schema -> assertThat(schema.getValue().path("properties").propertyNames()).as(schema.getKey())
				.filteredOn(member -> !(schema.getKey().equals("Problem") && OF_RFC_9457.contains(member)))
				.allMatch(member -> Character.isUpperCase(member.charAt(0))));
	}

	@Test
	void writesTimesAsNumbers() {
		assertThat(page.schemas().get("Workflow").at("/properties/CreatedAt/type").asString()).isEqualTo("number");
		assertThat(page.schemas().get("Batch").at("/properties/StartTime/type").asString()).isEqualTo("number");
	}

	@Test
	void hasNoParameterForABody() {
		assertThat(page.operations()).allSatisfy(
				operation -> assertThat(operation.parameters().map(parameter -> parameter.get("name").stringValue()))
					.doesNotContain("document"));
		assertThat(page.operations().filter(operation -> operation.node().has("requestBody"))).isNotEmpty()
			.allSatisfy(operation -> assertThat(operation.node().at("/requestBody/content").propertyNames())
				.filteredOn(type -> !(operation.id().equals("BulkCreate") && type.equals("application/x-ndjson")))
				.containsExactlyInAnyOrder("application/json", "application/yaml"));
	}

	@Test
	void givesExamplesThatWorkWhenPasted() {
		assertThat(page.operations().filter(operation -> operation.node().has("requestBody")))
			.allSatisfy(operation -> assertThat(operation.bodies()).as(operation.id())
				.extracting(Map.Entry::getKey)
				.contains("application/json", "application/yaml"))
			.allSatisfy(operation -> assertThat(operation.bodies()).as(operation.id()).allSatisfy(example -> {
				var answer = paste(operation, example.getKey(), text(example.getValue()));
				assertThat(body(answer)).doesNotContain("Warnings", "Violations");
				assertThat(answer).hasStatus2xxSuccessful();
			}));
	}

	/** Sends an example as it is, but for the ids in it, which are those of nothing. */
	private MvcTestResult paste(ApiPage.Described operation, String contentType, String example) {
		var sample = SampleRequest.unique();
		return switch (operation.id()) {
			case "TagResource" ->
				send(HttpMethod.POST, pathOfTags(sample.domainName(), accept(sample)), contentType, example);
			case "AdoptWorkflow", "ResubmitWorkflow", "GiveUpWorkflow" -> {
				var path = operation.path()
					.replace("{DomainName}", sample.domainName())
					.replace("{WorkflowId}", inReview(sample));
				var remote = SimulatedAws.simulator()
					.plant(ForeignWorkflow.of(sample.domainName(), sample.flowName()))
					.workflowId();
				yield send(HttpMethod.POST, URI.create(path), contentType,
						example.replaceFirst("[0-9a-f]{32}", remote));
			}
			case "StartFlow", "StopFlow" -> {
				var path = operation.path()
					.replace("{DomainName}", sample.domainName())
					.replace("{WorkflowId}", withFlow(sample));
				yield send(HttpMethod.POST, URI.create(path), contentType, example);
			}
			case "CreateSubscription" -> {
				var answer = send(HttpMethod.POST, URI.create(operation.path()), contentType, example);
				// others may use its name
				unsubscribe(answer);
				yield answer;
			}
			case "TagWorkflows" ->
				send(HttpMethod.POST, URI.create("/bulk/tag?domain=nowhere&preview=true"), contentType, example);
			default -> send(HttpMethod.POST, URI.create(operation.examplePath()), contentType, example);
		};
	}

	private void unsubscribe(MvcTestResult created) {
		var id = JSON.readTree(body(created)).path("SubscriptionId").asString();
		assertThat(send(HttpMethod.DELETE, URI.create("/subscriptions/" + id), null, "")).hasStatusOk();
	}

	private String withFlow(SampleRequest sample) {
		var id = WorkflowId.of(accept(sample));
		var cause = Cause.of("test", "to have a flow");
		workflows.change(id, cause, workflow -> workflow.submit());
		workflows.change(id, cause, workflow -> workflow.confirm(id.toString(), Provenance.CREATED, Instant.now()));
		workflows.follow(id, new Progress("COMPLETE", null, null, null, null, List.of()), cause);
		workflows.showFlow(id, new FlowState(sample.flowName(), "Active", FlowHealth.HEALTHY, List.of(), null, null),
				cause);
		SimulatedAws.simulator().plant(PlantedFlow.of(sample.flowName()));
		return id.toString();
	}

	@Test
	void tellsOfTheAnswersAboutAFlow() {
		var sample = SampleRequest.unique();
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), withFlow(sample));
		var json = MediaType.APPLICATION_JSON_VALUE;

		assertThat(body(conforms("GetWorkflow", get(workflow), HttpStatus.OK))).contains("\"Health\":\"HEALTHY\"");
		conforms("GetWorkflowRuns", get(workflow + "/runs"), HttpStatus.OK);
		conforms("SearchWorkflows", get("/workflows?flow-health=HEALTHY&flow-health=GONE"), HttpStatus.OK);
		conforms("SearchWorkflows", get("/workflows?flow-health=WELL"), HttpStatus.BAD_REQUEST);
		conforms("BrowseWorkflows", get("/domains/%s/workflows?flow-health=HEALTHY".formatted(sample.domainName())),
				HttpStatus.OK);
		conforms("StopFlow", post(URI.create(workflow + "/flow/stop"), json, "{\"Reason\": \"because\"}"),
				HttpStatus.OK);
		conforms("StartFlow", post(URI.create(workflow + "/flow/start"), json, "{\"Reason\": \"because\"}"),
				HttpStatus.OK);
		conforms("StartFlow", post(URI.create(workflow + "/flow/start"), json, "{}"), HttpStatus.BAD_REQUEST);
		var other = SampleRequest.unique();
		conforms("StopFlow",
				post(URI.create("/domains/%s/workflows/%s/flow/stop".formatted(other.domainName(), accept(other))),
						json, "{\"Reason\": \"because\"}"),
				HttpStatus.CONFLICT);
	}

	@Test
	void givesExamplesThatFitTheirSchemas() {
		assertThat(page.operations()).allSatisfy(operation -> Stream
			.concat(operation.responses(), Stream.of(operation.node().path("requestBody")))
			.map(described -> described.path("content"))
			.flatMap(JsonNode::valueStream)
			.forEach(media -> assertThat(media.path("examples").valueStream().map(example -> example.get("value")))
				.as(operation.id())
				.filteredOn(JsonNode::isObject)
				.allSatisfy(example -> assertThat(page.complaints(media.get("schema"), example)).isEmpty())));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/ObjectTypeName                                                                  | 1st
					/RoleArn                                                                         | role
					/WorkflowType                                                                    | OTHER
					/Unknown                                                                         | member
					/Tags/aws:team                                                                   | crm
					/IntegrationConfig/AppflowIntegration/FlowDefinition/FlowName                    | x
					/IntegrationConfig/AppflowIntegration/FlowDefinition/KmsArn                      | arn:aws:kms::1:
					/IntegrationConfig/AppflowIntegration/FlowDefinition/Description                 | (no)
					/IntegrationConfig/AppflowIntegration/FlowDefinition/SourceFlowConfig/ConnectorProfileName | a b
					/IntegrationConfig/AppflowIntegration/FlowDefinition/SourceFlowConfig/SourceConnectorProperties/Salesforce/Object | a b
					/IntegrationConfig/AppflowIntegration/FlowDefinition/Tasks/0/ConnectorOperator/Salesforce | GUESS
					/IntegrationConfig/AppflowIntegration/FlowDefinition/TriggerConfig/TriggerProperties/Scheduled/ScheduleOffset | 36000
					/IntegrationConfig/AppflowIntegration/FlowDefinition/TriggerConfig/TriggerProperties/Scheduled/DataPullMode | incremental
					""")
	void refusesInItsSchemaWhatTheServiceRefuses(String pointer, String value) {
		var sample = SampleRequest.unique();
		var broken = sample.with(pointer, pointer.endsWith("Offset") ? (Object) Long.valueOf(value) : value);
		var schema = page.schemas().get("CreateIntegrationWorkflow");

		assertThat(page.complaints(schema, JSON.readTree(sample.json()))).isEmpty();
		assertThat(page.complaints(schema, JSON.readTree(broken.json()))).isNotEmpty();
		assertThat(post(broken)).hasStatus(HttpStatus.BAD_REQUEST).bodyText().contains(pointer);
	}

	@Test
	void tellsOfTheAnswersToARequest() {
		var sample = SampleRequest.unique();
		var another = sample.objectType("Another");
		var uri = URI.create(sample.path());

		var accepted = conforms("CreateIntegrationWorkflow", post(sample), HttpStatus.ACCEPTED);
		assertThat(body(accepted)).contains("Warnings");
		var replayed = conforms("CreateIntegrationWorkflow", post(sample), HttpStatus.ACCEPTED);
		assertThat(replayed).containsHeader("Idempotency-Replayed");
		conforms("CreateIntegrationWorkflow", post(another), HttpStatus.CONFLICT);
		conforms("CreateIntegrationWorkflow", post(SampleRequest.unique().role("role")), HttpStatus.BAD_REQUEST);
		conforms("CreateIntegrationWorkflow", post(uri, MediaType.APPLICATION_JSON_VALUE, "{"), HttpStatus.BAD_REQUEST);
		conforms("CreateIntegrationWorkflow", post(uri, MediaType.TEXT_PLAIN_VALUE, "{}"),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE);
		var dryRun = URI.create(sample.path() + "?dry-run=true");
		conforms("CreateIntegrationWorkflow", post(dryRun, MediaType.APPLICATION_JSON_VALUE, another.json()),
				HttpStatus.OK);
		conforms("CreateIntegrationWorkflow", post(dryRun, MediaType.APPLICATION_JSON_VALUE, "{}"), HttpStatus.OK);
		var since = URI.create(sample.path() + "?dry-run=true&import-since=2024-01-01");
		var without = sample.with("/IntegrationConfig/AppflowIntegration/Batches", List.of());
		var computed = post(since, MediaType.APPLICATION_JSON_VALUE, without.json());
		assertThat(body(conforms("CreateIntegrationWorkflow", computed, HttpStatus.OK))).contains("Batches");
	}

	@Test
	void tellsOfTheAnswersToManyRequests() {
		var good = SampleRequest.unique();
		var requests = "[%s, %s, {}]".formatted(good.json(), good.objectType("Another").json());
		var json = MediaType.APPLICATION_JSON_VALUE;

		var answer = conforms("BulkCreate", post(URI.create("/bulk"), json, requests), HttpStatus.OK);
		assertThat(body(answer)).contains("Warnings", "Violations", "ConflictException");
		assertThat(body(conforms("BulkCreate", post(URI.create("/bulk"), json, requests), HttpStatus.OK)))
			.contains("\"Replayed\":true");
		var dryRun = URI.create("/bulk?dry-run=true&import-since=2024-01-01");
		assertThat(body(conforms("BulkCreate", post(dryRun, json, requests), HttpStatus.OK))).contains("DryRun",
				"Findings", "Batches");
		conforms("BulkCreate", post(URI.create("/bulk"), json, "{}"), HttpStatus.BAD_REQUEST);
	}

	@Test
	void tellsOfTheAnswersAboutAnOperation() {
		var sample = SampleRequest.unique();
		accept(sample);
		var path = "/bulk/retry?domain=" + sample.domainName();
		var preview = conforms("RetryWorkflows", mvc.post().uri(path + "&preview=true").exchange(), HttpStatus.OK);
		var token = JSON.readTree(body(preview)).path("Token").asString();
		conforms("RetryWorkflows", mvc.post().uri(path + "&token=" + "0".repeat(32)).exchange(), HttpStatus.CONFLICT);
		conforms("RetryWorkflows", mvc.post().uri("/bulk/retry?preview").exchange(), HttpStatus.BAD_REQUEST);
		conforms("RetryWorkflows", mvc.post().uri(path + "&token=" + token).exchange(), HttpStatus.ACCEPTED);
		conforms("GetOperation", get("/operations/" + token), HttpStatus.OK);
		workOff.workOff("operation");
		assertThat(body(conforms("GetOperation", get("/operations/" + token), HttpStatus.OK))).contains("Refusals",
				"EndedAt");
		conforms("ListOperations", get("/operations?max-results=1"), HttpStatus.OK);
		assertThat(body(conforms("ListOperationItems", get("/operations/%s/items?outcome=REFUSED".formatted(token)),
				HttpStatus.OK)))
			.contains("Message");
		conforms("ListOperationItems", get("/operations/%s/items?outcome=refused".formatted(token)),
				HttpStatus.BAD_REQUEST);
		conforms("GetOperation", get("/operations/" + "0".repeat(32)), HttpStatus.NOT_FOUND);
		conforms("CancelOperation", mvc.post().uri("/operations/%s/cancel".formatted(token)).exchange(), HttpStatus.OK);
	}

	@Test
	void tellsOfTheAnswerToAKeyThatIsUsedTwice() {
		var sample = SampleRequest.unique();

		conforms("CreateIntegrationWorkflow", post(sample, sample.flowName()), HttpStatus.ACCEPTED);
		conforms("CreateIntegrationWorkflow", post(sample.objectType("Another"), sample.flowName()),
				HttpStatus.UNPROCESSABLE_CONTENT);
	}

	@Test
	void tellsOfTheAnswersAboutAWorkflow() {
		var sample = SampleRequest.unique();
		var id = accept(sample);
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);
		conforms("GetWorkflow", get(workflow), HttpStatus.OK);
		conforms("GetWorkflowSteps", get(workflow + "/steps"), HttpStatus.OK);

		workOff.workOff(WorkKinds.SUBMISSION);
		leaveUnlookedAt(sample.domainName());
		var now = Instant.now();
		var step = new Step("flow", "IN_PROGRESS", "running", 7, "2024", "2025", now, now);
		workflows.follow(WorkflowId.of(id),
				new Progress("BRAND_NEW", "odd", now, now, new Progress.Metrics(7, 0, 2), List.of(step, step)),
				Cause.of("test", "seen"));

		var shown = conforms("GetWorkflow", get(workflow), HttpStatus.OK);
		assertThat(body(shown)).contains("RemoteWorkflowId", "RemoteStatus", "Metrics", "Provenance");
		var unchanged = mvc.get()
			.uri(workflow)
			.header("If-None-Match", shown.getResponse().getHeader("ETag"))
			.exchange();
		conforms("GetWorkflow", unchanged, HttpStatus.NOT_MODIFIED);
		conforms("GetWorkflow", get(workflow.replace(id, "0".repeat(32))), HttpStatus.NOT_FOUND);
		conforms("GetWorkflow", get(workflow + "x"), HttpStatus.BAD_REQUEST);
		conforms("GetWorkflow", mvc.get().uri(workflow).accept(MediaType.IMAGE_PNG).exchange(),
				HttpStatus.NOT_ACCEPTABLE);
		var steps = conforms("GetWorkflowSteps", get(workflow + "/steps?max-results=1"), HttpStatus.OK);
		assertThat(body(steps)).contains("NextToken", "RecordsProcessed");
		conforms("GetWorkflowSteps", get(workflow + "/steps?max-results=0"), HttpStatus.BAD_REQUEST);
		conforms("GetWorkflowHistory", get(workflow + "/history"), HttpStatus.OK);
		conforms("GetWorkflowHistory", get(workflow.replace(id, "0".repeat(32)) + "/history"), HttpStatus.NOT_FOUND);
		var deleted = conforms("DeleteWorkflow", send(HttpMethod.DELETE, URI.create(workflow), null, ""),
				HttpStatus.OK);
		assertThat(body(deleted)).contains("Profiles that it made may stay");
		assertThat(body(conforms("GetWorkflow", get(workflow), HttpStatus.OK))).contains("DELETING");
		conforms("DeleteWorkflow", send(HttpMethod.DELETE, URI.create(workflow.replace(id, "0".repeat(32))), null, ""),
				HttpStatus.NOT_FOUND);
	}

	/** What the simulator says of a workflow would replace what the test made up. */
	private void leaveUnlookedAt(String domainName) {
		jdbc.sql("insert into tracking_sweep values (:domainName, clock_timestamp() + interval '1 hour')")
			.param("domainName", domainName)
			.update();
	}

	/** Found by FuzzTests: what was not there used to be null in YAML. */
	@Test
	void tellsOfTheAnswersInYaml() {
		var sample = SampleRequest.unique();
		var id = accept(sample);
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);

		for (var path : List.of("", "/history", "/steps")) {
			var answer = mvc.get().uri(workflow + path).accept(MediaType.APPLICATION_YAML).exchange();
			assertThat(body(answer)).contains("WorkflowId: \"" + id).doesNotContain("null");
		}
		conforms("GetWorkflow", mvc.get().uri(workflow).accept(MediaType.APPLICATION_YAML).exchange(), HttpStatus.OK);
	}

	@Test
	void tellsOfTheAnswersToThoseWhoWaitAndFollow() {
		var sample = SampleRequest.unique();
		var id = accept(sample);
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);
		conforms("GetWorkflow", mvc.get().uri(workflow).header("Prefer", "wait=0").exchange(), HttpStatus.OK);
		conforms("GetWorkflow",
				mvc.get().uri(workflow).header("Prefer", "wait=0").header("If-None-Match", "\"0\"").exchange(),
				HttpStatus.NOT_MODIFIED);
		var seen = snapshots.of(sample.domainName(), WorkflowId.of(id));
		var others = IntStream.range(0, watching.mostWatchers()).mapToObj(_ -> watchers.watch(seen, null)).toList();
		var refused = conforms("GetWorkflow", mvc.get().uri(workflow).header("Prefer", "wait=1").exchange(),
				HttpStatus.SERVICE_UNAVAILABLE);
		others.forEach(Watcher::close);
		assertThat(refused).containsHeader("Retry-After");

		conforms("DeleteWorkflow", send(HttpMethod.DELETE, URI.create(workflow), null, ""), HttpStatus.OK);
		var stream = mvc.get().uri(workflow).accept(MediaType.TEXT_EVENT_STREAM);
		var events = body(conforms("GetWorkflow", stream.exchange(), HttpStatus.OK));
		var last = events.replaceAll("(?s).*\nid: (\\d+)\n.*", "$1");
		conforms("GetWorkflow", stream.header("Last-Event-ID", last).exchange(), HttpStatus.NO_CONTENT);
		conforms("GetWorkflow",
				mvc.get().uri(workflow).accept(MediaType.TEXT_EVENT_STREAM).header("Last-Event-ID", "x").exchange(),
				HttpStatus.BAD_REQUEST);
	}

	@Test
	void tellsOfWhatAPersonShouldSeeOfAWorkflow() {
		var sample = SampleRequest.unique();
		var id = WorkflowId.of(accept(sample));
		var workflow = "/domains/%s/workflows/%s".formatted(sample.domainName(), id);
		var cause = Cause.of("test", "unclear");
		workflows.review(id, cause, List.of(new Candidate("0".repeat(32), Instant.now(), "IN_PROGRESS",
				List.of(sample.flowName()), List.of("its FlowName is equal"), List.of("it is old"))));
		assertThat(body(conforms("GetWorkflow", get(workflow), HttpStatus.OK))).contains("Candidates");

		workflows.change(id, cause, found -> found.confirm("1".repeat(32), Provenance.ADOPTED, Instant.now()));
		workflows.noteDuplicate(id, "2".repeat(32), cause);

		assertThat(body(conforms("GetWorkflow", get(workflow), HttpStatus.OK))).contains("DuplicateWorkflowIds")
			.doesNotContain("Candidates");
	}

	@Test
	void tellsOfTheAnswersAboutManyWorkflows() {
		var sample = SampleRequest.unique();
		accept(sample);
		accept(SampleRequest.in(sample.domainName()));
		var list = "/domains/%s/workflows".formatted(sample.domainName());

		for (var query : List.of("", "?max-results=1")) {
			conforms("ListWorkflows", post(URI.create(list + query), MediaType.APPLICATION_JSON_VALUE, "{}"),
					HttpStatus.OK);
			conforms("BrowseWorkflows", get(list + query), HttpStatus.OK);
			conforms("SearchWorkflows", get("/workflows" + query), HttpStatus.OK);
		}
		conforms("ListWorkflows", post(URI.create(list), MediaType.APPLICATION_JSON_VALUE, "{\"Status\": 1}"),
				HttpStatus.BAD_REQUEST);
		conforms("ListWorkflows", post(URI.create(list), MediaType.APPLICATION_XML_VALUE, "<a/>"),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE);
		conforms("BrowseWorkflows", get(list + "?state=x"), HttpStatus.BAD_REQUEST);
		conforms("SearchWorkflows", get("/workflows?next-token=x"), HttpStatus.BAD_REQUEST);
	}

	@Test
	void tellsOfTheAnswersAboutTags() {
		var sample = SampleRequest.unique().tags(Map.of("team", "crm"));
		var tags = pathOfTags(sample.domainName(), accept(sample));

		conforms("ListTagsForResource", get(tags), HttpStatus.OK);
		conforms("TagResource", post(tags, MediaType.APPLICATION_JSON_VALUE, "{\"tags\": {\"stage\": \"test\"}}"),
				HttpStatus.OK);
		conforms("TagResource", post(tags, MediaType.APPLICATION_JSON_VALUE, "{\"tags\": {}}"), HttpStatus.BAD_REQUEST);
		conforms("UntagResource", send(HttpMethod.DELETE, URI.create(tags + "?tagKeys=team&tagKeys=stage"), null, ""),
				HttpStatus.OK);
		assertThat(body(conforms("ListTagsForResource", get(tags), HttpStatus.OK))).isEqualTo("{\"tags\":{}}");
		conforms("UntagResource", send(HttpMethod.DELETE, tags, null, ""), HttpStatus.BAD_REQUEST);
		conforms("ListTagsForResource", get(pathOfTags(sample.domainName(), "0".repeat(32))), HttpStatus.NOT_FOUND);
		conforms("ListTagsForResource", get("/tags/arn"), HttpStatus.BAD_REQUEST);
	}

	@Test
	void tellsOfTheAnswersToOperators() {
		var reason = "{\"Reason\": \"because\"}";
		var sample = SampleRequest.unique();
		var domain = "/domains/" + sample.domainName();
		var workflow = "%s/workflows/%s".formatted(domain, inReview(sample));

		conforms("AdoptWorkflow", post(workflow + "/adopt", reason), HttpStatus.BAD_REQUEST);
		conforms("AdoptWorkflow",
				post(workflow + "/adopt",
						"{\"Reason\": \"because\", \"RemoteWorkflowId\": \"%s\"}".formatted("0".repeat(32))),
				HttpStatus.CONFLICT);
		conforms("ResubmitWorkflow", post(workflow + "/resubmit", reason), HttpStatus.OK);
		conforms("ResubmitWorkflow", post(workflow + "/resubmit", reason), HttpStatus.CONFLICT);
		conforms("GiveUpWorkflow", post(workflow + "/give-up", reason), HttpStatus.CONFLICT);
		conforms("GiveUpWorkflow", post("%s/workflows/%s/give-up".formatted(domain, "0".repeat(32)), reason),
				HttpStatus.NOT_FOUND);
		conforms("PauseDomain", post(domain + "/pause", reason), HttpStatus.OK);
		conforms("PauseDomain", post(domain + "/pause", "{}"), HttpStatus.BAD_REQUEST);
		conforms("GetPause", get(domain + "/pause"), HttpStatus.OK);
		conforms("ListPauses", get("/paused"), HttpStatus.OK);
		conforms("ResumeDomain", post(domain + "/resume", reason), HttpStatus.OK);
		conforms("GetPause", get(domain + "/pause"), HttpStatus.OK);
		conforms("PauseAllDomains", post("/pause", reason), HttpStatus.OK);
		conforms("ResumeAllDomains", post("/resume", reason), HttpStatus.OK);
	}

	@Test
	void tellsOfRefusedCallers() {
		assertThat(page.operations())
			.allSatisfy(operation -> assertThat(operation.node().get("responses").propertyNames()).as(operation.id())
				.contains("401", "403", "429"));
		assertThat(page.operations().filter(operation -> operation.path().contains("{DomainName}"))).isNotEmpty()
			.allSatisfy(operation -> assertThat(operation.response(404)).as(operation.id()).isNotNull());
	}

	@Test
	void isServedAsItIsWritten() {
		var here = new YAMLMapper().readTree(body(get("/v3/api-docs.yaml")));

		assertThat(here).isEqualTo(JSON.readTree(json));
		assertThat(body(get("/v3/api-docs.yaml"))).contains("\nopenapi: 3.1.").contains("paths:");
	}

	@Test
	void tellsOfAServiceThatWasPointedAtItself() {
		conforms("GetWorkflow",
				mvc.get()
					.uri("/domains/d/workflows/" + "0".repeat(32))
					.header("x-profile-workflows-hop", "1")
					.exchange(),
				HttpStatus.LOOP_DETECTED);
		assertThat(page.operations().filter(operation -> operation.response(508) != null))
			.as("only what the service itself asks of AWS")
			.extracting(ApiPage.Described::id)
			.containsExactlyInAnyOrder("CreateIntegrationWorkflow", "GetWorkflow", "GetWorkflowSteps", "ListWorkflows",
					"DeleteWorkflow");
	}

	@Test
	void isWhereTheServiceLeadsTo() {
		assertThat(get("/")).hasStatus3xxRedirection().hasRedirectedUrl("/ui");
		assertThat(get("/swagger-ui.html")).hasStatus3xxRedirection().hasRedirectedUrl("/swagger-ui/index.html");
		assertThat(get("/swagger-ui/index.html")).hasStatusOk().bodyText().contains("swagger-ui");
		assertThat(get("/swagger-ui/swagger-initializer.js")).hasStatusOk().bodyText().contains("../v3/api-docs");
		assertThat(get("/swagger-ui/swagger-ui-bundle.js")).hasStatusOk();
	}

	private MvcTestResult conforms(String operation, MvcTestResult answer, HttpStatus status) {
		assertThat(answer).hasStatus(status);
		assertThat(page.complaints(operation, answer.getResponse())).as(operation + " " + body(answer)).isEmpty();
		return answer;
	}

	private String accept(SampleRequest sample) {
		var answer = post(sample);
		assertThat(answer).hasStatus(HttpStatus.ACCEPTED);
		return JSON.readTree(body(answer)).get("WorkflowId").stringValue();
	}

	private String inReview(SampleRequest sample) {
		var id = accept(sample);
		workflows.review(WorkflowId.of(id), Cause.of("test", "unclear"), List.of());
		return id;
	}

	private static URI pathOfTags(String domainName, String workflowId) {
		var arn = "arn:aws:profile:eu-central-1:123456789012:domains/%s/workflows/%s".formatted(domainName, workflowId);
		return URI.create("/tags/" + URLEncoder.encode(arn, StandardCharsets.UTF_8));
	}

	private MvcTestResult get(String path) {
		return get(URI.create(path));
	}

	private MvcTestResult get(URI path) {
		return mvc.get().uri(path).exchange();
	}

	private MvcTestResult post(SampleRequest sample) {
		return post(URI.create(sample.path()), MediaType.APPLICATION_JSON_VALUE, sample.json());
	}

	private MvcTestResult post(SampleRequest sample, String key) {
		return mvc.post()
			.uri(sample.path())
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(sample.json())
			.exchange();
	}

	private MvcTestResult post(String path, String json) {
		return post(URI.create(path), MediaType.APPLICATION_JSON_VALUE, json);
	}

	private MvcTestResult post(URI path, String contentType, String content) {
		return send(HttpMethod.POST, path, contentType, content);
	}

	private MvcTestResult send(HttpMethod method, URI path, String contentType, String content) {
		var request = mvc.method(method).uri(path);
		return ((contentType != null) ? request.contentType(contentType).content(content) : request).exchange();
	}

	private static String text(JsonNode example) {
		return example.isString() ? example.stringValue() : example.toString();
	}

	private static String body(MvcTestResult answer) {
		return new String(answer.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

}
