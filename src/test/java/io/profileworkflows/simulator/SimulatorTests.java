package io.profileworkflows.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesClient;
import software.amazon.awssdk.services.customerprofiles.model.AccessDeniedException;
import software.amazon.awssdk.services.customerprofiles.model.BadRequestException;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;
import software.amazon.awssdk.services.customerprofiles.model.GetWorkflowResponse;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsItem;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsRequest;
import software.amazon.awssdk.services.customerprofiles.model.ResourceNotFoundException;
import software.amazon.awssdk.services.customerprofiles.model.Status;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowStepItem;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnTheSide
class SimulatorTests {

	private static final Instant START = Instant.parse("2026-11-24T10:00:00.123Z");

	private static final String UNKNOWN_ID = "0".repeat(32);

	private final MovableTime time = new MovableTime(START);

	private final Simulator simulator = Simulator.start(SimulatorSettings.defaults().withClock(time));

	private final CustomerProfilesClient aws = Sdk.client(simulator);

	@AfterEach
	void close() {
		aws.close();
		simulator.close();
	}

	@Test
	void createsAWorkflow() {
		var created = aws.createIntegrationWorkflow(Sdk.create("orders"));

		assertThat(created.workflowId()).matches("[a-f0-9]{32}");
		assertThat(created.message()).isNotEmpty();
		assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(200);
		assertThat(simulator.workflows()).singleElement().satisfies(workflow -> {
			assertThat(workflow.workflowId()).isEqualTo(created.workflowId());
			assertThat(workflow.flowName()).isEqualTo("orders");
			assertThat(workflow.planted()).isFalse();
		});
		assertThat(simulator.calls().creates("orders")).singleElement().satisfies(call -> {
			assertThat(call.acted()).isTrue();
			assertThat(call.answered()).isTrue();
			assertThat(call.status()).isEqualTo(200);
			assertThat(call.domainName()).isEqualTo("retail");
			assertThat(call.workflowId()).isEqualTo(created.workflowId());
			assertThat(call.requestId()).isEqualTo(created.responseMetadata().requestId());
			assertThat(call.headers()).containsKey("amz-sdk-invocation-id").doesNotContainKey("authorization");
		});
	}

	@Test
	void answersTheAsynchronousClientToo() {
		try (var async = Sdk.asyncClient(simulator)) {
			var ids = IntStream.range(0, 20)
				.mapToObj(number -> async.createIntegrationWorkflow(Sdk.create("orders-" + number)))
				.toList()
				.stream()
				.map(created -> created.join().workflowId())
				.toList();

			assertThat(ids).doesNotHaveDuplicates();
			assertThat(simulator.workflows()).hasSize(20);
		}
	}

	@Test
	void movesStatusesByTime() {
		var id = create("orders");

		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.NOT_STARTED);
			assertThat(workflow.startDate()).isNull();
			assertThat(workflow.lastUpdatedAt()).isEqualTo(START);
		});
		assertThat(steps(id)).as("steps before it started").isEmpty();
		time.pass(Duration.ofSeconds(1));
		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
			assertThat(workflow.startDate()).isEqualTo(START.plusSeconds(1));
		});
		time.pass(Duration.ofMillis(1500));
		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.IN_PROGRESS);
			assertThat(workflow.metrics().appflowIntegration().recordsProcessed()).isEqualTo(500);
			assertThat(workflow.lastUpdatedAt()).isEqualTo(START.plusMillis(2500));
		});
		time.pass(Duration.ofMinutes(5));
		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.COMPLETE);
			assertThat(workflow.errorDescription()).isNull();
			assertThat(workflow.metrics().appflowIntegration().recordsProcessed()).isEqualTo(1000);
			assertThat(workflow.lastUpdatedAt()).as("nothing changes after the end").isEqualTo(START.plusSeconds(4));
		});
	}

	@Test
	void tellsWhereAWorkflowReadsFrom() {
		var attributes = get(create("orders")).attributes().appflowIntegration();

		assertThat(attributes.sourceConnectorTypeAsString()).isEqualTo("Salesforce");
		assertThat(attributes.connectorProfileName()).isEqualTo("sales-org");
		assertThat(attributes.roleArn()).isEqualTo(Sdk.ROLE);
	}

	@Test
	void showsAStepForEachBatch() {
		var id = create(Sdk.create("orders", 3));
		time.pass(Duration.ofMillis(2500));

		assertThat(steps(id)).extracting(WorkflowStepItem::appflowIntegration).satisfies(steps -> {
			assertThat(steps).extracting("flowName").containsExactly("orders-1", "orders-2", "orders-3");
			assertThat(steps).extracting("status").containsExactly("COMPLETE", "IN_PROGRESS", "NOT_STARTED");
			assertThat(steps).extracting("recordsProcessed").containsExactly(1000L, 500L, 0L);
			assertThat(steps.getFirst().batchRecordsStartTime()).isEqualTo("2024-01-01T00:00:00Z");
			assertThat(steps.getFirst().lastUpdatedAt()).isEqualTo(START.plusSeconds(2));
		});
		assertThat(get(id).metrics().appflowIntegration()).satisfies(metrics -> {
			assertThat(metrics.stepsCompleted()).isEqualTo(1);
			assertThat(metrics.totalSteps()).isEqualTo(3);
			assertThat(metrics.recordsProcessed()).isEqualTo(1500);
		});
	}

	@Test
	void keepsTheFlowNameOfASingleBatch() {
		var id = create(Sdk.create("orders", 1));
		time.pass(Duration.ofSeconds(1));

		assertThat(steps(id)).extracting(step -> step.appflowIntegration().flowName()).containsExactly("orders");
	}

	@Test
	void turnsPagesOfSteps() {
		var id = create(Sdk.create("orders", 3));
		time.pass(Duration.ofSeconds(1));

		var first = aws.getWorkflowSteps(request -> request.domainName("retail").workflowId(id).maxResults(2));
		var second = aws.getWorkflowSteps(
				request -> request.domainName("retail").workflowId(id).maxResults(2).nextToken(first.nextToken()));

		assertThat(first.items()).hasSize(2);
		assertThat(second.items()).extracting(step -> step.appflowIntegration().flowName()).containsExactly("orders-3");
		assertThat(second.nextToken()).isNull();
	}

	@Test
	void failsAWorkflowNamedSo() {
		var id = create(Sdk.create("will-fail", 2));
		time.pass(Duration.ofSeconds(4));

		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.FAILED);
			assertThat(workflow.errorDescription()).isNotEmpty();
			assertThat(workflow.metrics().appflowIntegration().recordsProcessed()).isEqualTo(1500);
		});
		assertThat(steps(id)).extracting(step -> step.appflowIntegration().status())
			.containsExactly(Status.COMPLETE, Status.FAILED);
	}

	@Test
	void failsTheSecondOfAFlowName() {
		var first = create("orders");
		var second = create("orders");
		time.pass(Duration.ofSeconds(4));

		assertThat(get(first).status()).isEqualTo(Status.COMPLETE);
		assertThat(get(second).status()).isEqualTo(Status.FAILED);
		assertThat(get(second).errorDescription()).contains("already exists");
		assertThat(simulator.duplicates()).isEqualTo(1);
		assertThat(simulator.calls().createsOf("orders")).isEqualTo(2);
		assertThat(simulator.calls().createdMoreThanOnce()).containsExactly(Map.entry("orders", 2));
	}

	@Test
	void givesAFlowNameBackOnceItsWorkflowIsDeleted() {
		delete(create("orders"));
		var next = create("orders");
		time.pass(Duration.ofSeconds(4));

		assertThat(get(next).status()).isEqualTo(Status.COMPLETE);
		assertThat(simulator.duplicates()).isZero();
	}

	@Test
	void listsTheLatestFirstPageByPage() {
		var created = new ArrayList<String>();
		for (var number = 0; number < 5; number++) {
			created.addFirst(create("orders-" + number));
			time.pass(Duration.ofMillis(number % 2));
		}

		var listed = new ArrayList<String>();
		String token = null;
		do {
			var page = aws.listWorkflows(
					ListWorkflowsRequest.builder().domainName("retail").maxResults(2).nextToken(token).build());
			page.items().forEach(item -> listed.add(item.workflowId()));
			create("created-while-turning-" + listed.size());
			token = page.nextToken();
		}
		while (token != null);

		assertThat(listed).containsExactlyElementsOf(created);
	}

	@Test
	void showsAHundredAtMost() {
		IntStream.range(0, 101).forEach(number -> simulator.plant(ForeignWorkflow.of("retail", "orders-" + number)));

		var first = aws.listWorkflows(request -> request.domainName("retail"));

		assertThat(first.items()).hasSize(100);
		assertThat(aws.listWorkflows(request -> request.domainName("retail").nextToken(first.nextToken())).items())
			.hasSize(1);
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> aws.listWorkflows(request -> request.domainName("retail").maxResults(101)));
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> aws.listWorkflows(request -> request.domainName("retail").nextToken("made-up")));
	}

	@Test
	void filtersWhatItLists() {
		var old = create("old");
		time.pass(Duration.ofSeconds(10));
		var young = create("young");
		create(Sdk.create("elsewhere").toBuilder().domainName("wholesale").build());

		assertThat(list(request -> request.status(Status.COMPLETE))).containsExactly(old);
		assertThat(list(request -> request.status(Status.NOT_STARTED))).containsExactly(young);
		assertThat(list(request -> request.queryStartDate(START.plusMillis(1)))).containsExactly(young);
		assertThat(list(request -> request.queryStartDate(START))).containsExactly(young, old);
		assertThat(list(request -> request.queryEndDate(START))).containsExactly(old);
		assertThat(list(request -> request.queryEndDate(START.minusMillis(1)))).isEmpty();
		assertThat(list(request -> request.workflowType("APPFLOW_INTEGRATION"))).hasSize(2);
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> list(request -> request.status("DONE")));
	}

	@Test
	void describesWhatItLists() {
		create("orders");

		assertThat(aws.listWorkflows(request -> request.domainName("retail")).items()).singleElement()
			.satisfies(item -> {
				assertThat(item.createdAt()).isEqualTo(START);
				assertThat(item.lastUpdatedAt()).isEqualTo(START);
				assertThat(item.statusDescription()).isNotEmpty();
				assertThat(item.workflowTypeAsString()).isEqualTo("APPFLOW_INTEGRATION");
			});
	}

	@Test
	void forgetsADeletedWorkflow() {
		var id = create("orders");

		delete(id);

		assertThat(list(request -> request.maxResults(10))).isEmpty();
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> get(id));
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> steps(id));
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> delete(id));
	}

	@Test
	void keepsTagsByArn() {
		create("orders");
		var arn = simulator.workflows().getFirst().arn();

		aws.tagResource(request -> request.resourceArn(arn).tags(Map.of("stage", "a+b c", "team", "erp", "x", "y")));
		aws.untagResource(request -> request.resourceArn(arn).tagKeys("x", "never-there"));

		assertThat(aws.listTagsForResource(request -> request.resourceArn(arn)).tags())
			.containsExactlyInAnyOrderEntriesOf(Map.of("stage", "a+b c", "team", "erp"));
		assertThat(aws
			.listTagsForResource(
					request -> request.resourceArn("arn:aws:profile:eu-central-1:123456789012:domains/retail"))
			.tags()).isEmpty();
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> aws.listTagsForResource(request -> request.resourceArn("arn:aws:s3:::bucket")));
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> aws.tagResource(request -> request.resourceArn(arn).tags(Map.of())));
	}

	@Test
	void knowsDomainsAndObjectTypes() {
		assertThat(aws.getDomain(request -> request.domainName("retail"))).satisfies(domain -> {
			assertThat(domain.domainName()).isEqualTo("retail");
			assertThat(domain.defaultEncryptionKey()).startsWith("arn:aws:kms:");
		});
		assertThat(aws.getProfileObjectType(request -> request.domainName("retail").objectTypeName("Account"))
			.objectTypeName()).isEqualTo("Account");
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> aws.getDomain(request -> request.domainName("missing-one")));
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(
				() -> aws.getProfileObjectType(request -> request.domainName("retail").objectTypeName("MissingType")));
	}

	@Test
	void makesAnIntegrationOfACompleteWorkflow() {
		var id = create("orders");

		assertThat(aws.listIntegrations(request -> request.domainName("retail")).items()).isEmpty();
		time.pass(Duration.ofSeconds(4));
		assertThat(aws.listIntegrations(request -> request.domainName("retail")).items()).singleElement()
			.satisfies(integration -> {
				assertThat(integration.workflowId()).isEqualTo(id);
				assertThat(integration.uri()).endsWith(":flow/orders");
				assertThat(integration.objectTypeName()).isEqualTo("Account");
			});
	}

	@Test
	void refusesByName() {
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> create("refused-orders"));
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> create(Sdk.create("orders").toBuilder().roleArn(Sdk.ROLE + "-denied").build()))
			.withMessageContaining("iam:PassRole");
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> create(Sdk.create("orders").toBuilder().domainName("missing").build()));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> create(Sdk.create("orders").toBuilder().objectTypeName("MissingType").build()));

		assertThat(simulator.workflows()).isEmpty();
		assertThat(simulator.calls().createCallsOf("orders")).isEqualTo(3);
		assertThat(simulator.calls().createsOf("orders")).isZero();
	}

	@Test
	void refusesWhatAwsRequiresAndIsNotThere() {
		var complete = Sdk.create("orders");

		assertThatThrownBy(() -> create(complete.toBuilder().roleArn(null).build()))
			.isInstanceOfSatisfying(BadRequestException.class, refusal -> {
				assertThat(refusal.awsErrorDetails().errorMessage()).contains("roleArn");
				assertThat(refusal.requestId()).isNotBlank();
			});
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> create(complete.toBuilder().integrationConfig(config -> config.appflowIntegration(_ -> {
			})).build()))
			.withMessageContaining("flowDefinition");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> create(complete.toBuilder().workflowType("OTHER").build()))
			.withMessageContaining("APPFLOW_INTEGRATION");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> create(complete.toBuilder().domainName("a b/..").build()));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> get("not-an-id"));
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> get(UNKNOWN_ID));
	}

	@ParameterizedTest
	@CsvSource({ "GET, /nowhere", "PUT, /domains/retail/workflows", "GET, /domains", "GET, /domains/retail/workflows",
			"POST, /domains/retail/workflows/other", "GET, /domains/retail/workflows/x/history" })
	void knowsNoOtherOperation(String method, String path) throws Exception {
		var answer = send(method, path, "{}");

		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("UnknownOperationException");
		assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
		assertThat(simulator.calls().all()).singleElement().satisfies(call -> assertThat(call.operation()).isNull());
	}

	@ParameterizedTest
	@CsvSource({ "'{'", "'[]'", "'{} {}'", "'text'" })
	void refusesABodyThatIsNoJsonObject(String body) throws Exception {
		var answer = send("POST", "/domains/retail/workflows/integrations", body);

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("BadRequestException");
		assertThat(answer.body()).startsWith("{\"Message\":\"");
	}

	@Test
	void writesTimestampsAsSecondsWithAFraction() throws Exception {
		create("orders");
		time.pass(Duration.ofMillis(877));
		create("payments");

		assertThat(send("POST", "/domains/retail/workflows", "").body()).contains("\"CreatedAt\":1795514400.123",
				"\"CreatedAt\":1795514401.000");
	}

	@Test
	void showsAForeignWorkflowLikeAnyOther() {
		var planted = simulator.plant(ForeignWorkflow.of("retail", "theirs")
			.withConnector("Marketo", "leads")
			.withBatches(2)
			.withCreatedAt(START.minusSeconds(60)));

		assertThat(get(planted.workflowId())).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.COMPLETE);
			assertThat(workflow.attributes().appflowIntegration().connectorProfileName()).isEqualTo("leads");
		});
		assertThat(steps(planted.workflowId())).hasSize(2);
		assertThat(simulator.calls().createsOf("theirs")).isZero();
	}

	@Test
	void keepsAStatusSetByHand() {
		var id = create("orders");
		time.pass(Duration.ofSeconds(2));

		simulator.pin(id, "PAUSED_BY_AWS", null);
		time.pass(Duration.ofMinutes(1));

		assertThat(get(id)).satisfies(workflow -> {
			assertThat(workflow.status()).isEqualTo(Status.UNKNOWN_TO_SDK_VERSION);
			assertThat(workflow.statusAsString()).isEqualTo("PAUSED_BY_AWS");
			assertThat(workflow.lastUpdatedAt()).isEqualTo(START.plusSeconds(2));
		});
	}

	@Test
	void countsEachOfManyCreatesAtOnce() throws Exception {
		try (var callers = Executors.newFixedThreadPool(8)) {
			Callable<String> create = () -> create("orders");
			for (var id : callers.invokeAll(nCopies(40, create))) {
				assertThat(id.get()).isNotEmpty();
			}
		}

		assertThat(simulator.calls().createsOf("orders")).isEqualTo(40);
		assertThat(simulator.calls().createCallsOf("orders")).isEqualTo(40);
		assertThat(simulator.duplicates()).isEqualTo(39);
		assertThat(simulator.calls().all()).extracting(Call::number).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void keepsOnlyTheLatestCallsButEveryCount() {
		try (var small = Simulator.start(SimulatorSettings.defaults().withCallsKept(2));
				var client = Sdk.client(small)) {
			IntStream.range(0, 3).forEach(_ -> client.createIntegrationWorkflow(Sdk.create("orders")));

			assertThat(small.calls().all()).extracting(Call::number).containsExactly(2L, 3L);
			assertThat(small.calls().createsOf("orders")).isEqualTo(3);
		}
	}

	@Test
	void throttlesWhatExceedsTheLimitOfAnOperation() {
		try (var limited = Simulator.start(SimulatorSettings.defaults()
			.withClock(time)
			.withRequestsPerSecond(2)
			.withRetryAfter(Duration.ofSeconds(3))); var client = Sdk.client(limited)) {
			client.createIntegrationWorkflow(Sdk.create("first"));
			client.createIntegrationWorkflow(Sdk.create("second"));

			assertThatThrownBy(() -> client.createIntegrationWorkflow(Sdk.create("third")))
				.isInstanceOfSatisfying(CustomerProfilesException.class, throttled -> {
					assertThat(throttled.statusCode()).isEqualTo(429);
					assertThat(throttled.isThrottlingException()).isTrue();
					assertThat(throttled.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
					assertThat(throttled.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
						.hasValue("3");
				});
			assertThat(limited.calls().creates("third")).singleElement().satisfies(call -> {
				assertThat(call.acted()).isFalse();
				assertThat(call.fault()).isEqualTo(Call.RATE_LIMIT);
			});
			client.listWorkflows(request -> request.domainName("retail"));
			time.pass(Duration.ofSeconds(1));
			client.createIntegrationWorkflow(Sdk.create("third"));
			assertThat(limited.workflows()).hasSize(3);
		}
	}

	@Test
	void forgetsEverythingOnReset() {
		create("orders");
		simulator.faults().always(Operation.GET_DOMAIN, Fault.HTML_503);

		simulator.reset();

		assertThat(simulator.workflows()).isEmpty();
		assertThat(simulator.calls().all()).isEmpty();
		assertThat(simulator.calls().createsOf("orders")).isZero();
		aws.getDomain(request -> request.domainName("retail"));
	}

	@Test
	void saysThatItsPortIsInUse() {
		var settings = SimulatorSettings.defaults().withPort(simulator.endpoint().getPort());

		assertThatExceptionOfType(PortInUse.class).isThrownBy(() -> Simulator.start(settings))
			.withMessage("Port %d on 127.0.0.1 is in use: stop what listens there, or choose another port",
					settings.port());
	}

	private String create(String flowName) {
		return create(Sdk.create(flowName));
	}

	private String create(CreateIntegrationWorkflowRequest request) {
		return aws.createIntegrationWorkflow(request).workflowId();
	}

	private GetWorkflowResponse get(String id) {
		return aws.getWorkflow(request -> request.domainName("retail").workflowId(id));
	}

	private List<WorkflowStepItem> steps(String id) {
		return aws.getWorkflowSteps(request -> request.domainName("retail").workflowId(id)).items();
	}

	private void delete(String id) {
		aws.deleteWorkflow(request -> request.domainName("retail").workflowId(id));
	}

	private List<String> list(Consumer<ListWorkflowsRequest.Builder> filter) {
		return aws.listWorkflows(ListWorkflowsRequest.builder().domainName("retail").applyMutation(filter).build())
			.items()
			.stream()
			.map(ListWorkflowsItem::workflowId)
			.toList();
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		var request = HttpRequest.newBuilder(URI.create(simulator.endpoint() + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		try (var client = HttpClient.newHttpClient()) {
			return client.send(request, HttpResponse.BodyHandlers.ofString());
		}
	}

}
