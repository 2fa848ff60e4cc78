package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.SimulatedWorkflow;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesAsyncClient;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesClient;
import software.amazon.awssdk.services.customerprofiles.model.BadRequestException;
import software.amazon.awssdk.services.customerprofiles.model.Batch;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsItem;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsRequest;
import software.amazon.awssdk.services.customerprofiles.model.ListWorkflowsResponse;
import software.amazon.awssdk.services.customerprofiles.model.ResourceNotFoundException;
import software.amazon.awssdk.services.customerprofiles.model.SourceConnectorType;
import software.amazon.awssdk.services.customerprofiles.model.Status;
import software.amazon.awssdk.services.customerprofiles.model.Task;
import software.amazon.awssdk.services.customerprofiles.model.TaskType;
import software.amazon.awssdk.services.customerprofiles.model.TriggerType;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowStepItem;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowType;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * AWS's own client, with no more changed than its endpoint.
 */
@ServiceTest
class AwsSdkTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String ROLE = "arn:aws:iam::123456789012:role/customer-profiles-ingest";

	private static final String NOBODY = "0123456789abcdef0123456789abcdef";

	private final Simulator aws = SimulatedAws.simulator();

	private final int port;

	private final Curl curl;

	private final CustomerProfilesClient client;

	AwsSdkTests(@LocalServerPort int port) {
		this.port = port;
		this.curl = new Curl(port);
		this.client = clientOf(URI.create("http://127.0.0.1:" + port));
	}

	@AfterEach
	void close() {
		client.close();
	}

	@Test
	void followsAWorkflowFromItsCreationToItsEnd() {
		var before = Instant.now().minusSeconds(1);

		var created = client.createIntegrationWorkflow(request("sdk-whole", "sdk-whole"));
		awaitStatus("sdk-whole", created.workflowId(), Status.COMPLETE);

		assertThat(created.message()).isNotBlank();
		assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(202);
		var workflow = client.getWorkflow(get -> get.domainName("sdk-whole").workflowId(created.workflowId()));
		assertThat(workflow.workflowId()).isEqualTo(created.workflowId()).matches("[a-f0-9]{32}");
		assertThat(workflow.workflowType()).isEqualTo(WorkflowType.APPFLOW_INTEGRATION);
		assertThat(workflow.errorDescription()).isNull();
		assertThat(workflow.startDate()).isBetween(before, Instant.now());
		assertThat(workflow.lastUpdatedAt()).isBetween(workflow.startDate(), Instant.now());
		assertThat(workflow.attributes().appflowIntegration()).satisfies(attributes -> {
			assertThat(attributes.sourceConnectorType()).isEqualTo(SourceConnectorType.SALESFORCE);
			assertThat(attributes.connectorProfileName()).isEqualTo("sales-org");
			assertThat(attributes.roleArn()).isEqualTo(ROLE);
		});
		assertThat(workflow.metrics().appflowIntegration()).satisfies(metrics -> {
			assertThat(metrics.totalSteps()).isEqualTo(2);
			assertThat(metrics.stepsCompleted()).isEqualTo(2);
			assertThat(metrics.recordsProcessed()).isPositive();
		});
		assertThat(aws.calls().createCallsOf("sdk-whole")).isOne();
		assertThat(atAws("sdk-whole")).hasSize(1);
	}

	@Test
	void overlooksTheMembersThatAwsLacks() {
		var id = create("sdk-extra", "sdk-extra");

		var plain = curl.get("/domains/sdk-extra/workflows/" + id).body();
		var workflow = client.getWorkflow(get -> get.domainName("sdk-extra").workflowId(id));

		assertThat(plain.propertyNames()).contains("Phase", "FlowName", "ObjectTypeName", "Tags", "Arn", "RequestedBy");
		assertThat(workflow.sdkFields()).extracting(field -> field.locationName())
			.doesNotContain("Phase", "FlowName", "Arn");
		assertThat(workflow.workflowId()).isEqualTo(plain.at("/WorkflowId").asString());
	}

	@Test
	void readsStepsPageByPage() {
		var id = create("sdk-steps", "sdk-steps");
		awaitStatus("sdk-steps", id, Status.COMPLETE);

		var first = client
			.getWorkflowSteps(steps -> steps.domainName("sdk-steps").workflowId(id).maxResults(1).nextToken(null));
		var second = client.getWorkflowSteps(
				steps -> steps.domainName("sdk-steps").workflowId(id).maxResults(1).nextToken(first.nextToken()));
		var whole = client.getWorkflowSteps(steps -> steps.domainName("sdk-steps").workflowId(id));

		assertThat(first.items()).hasSize(1);
		assertThat(second.items()).hasSize(1);
		assertThat(second.nextToken()).isNull();
		assertThat(whole.nextToken()).isNull();
		assertThat(whole.workflowId()).isEqualTo(id);
		assertThat(whole.workflowType()).isEqualTo(WorkflowType.APPFLOW_INTEGRATION);
		assertThat(whole.items()).containsExactly(first.items().getFirst(), second.items().getFirst())
			.extracting(WorkflowStepItem::appflowIntegration)
			.allSatisfy(step -> {
				assertThat(step.flowName()).startsWith("sdk-steps");
				assertThat(step.status()).isEqualTo(Status.COMPLETE);
				assertThat(step.recordsProcessed()).isPositive();
				assertThat(step.executionMessage()).isNotBlank();
				assertThat(step.batchRecordsStartTime()).isNotBlank();
				assertThat(step.batchRecordsEndTime()).isNotBlank();
				assertThat(step.createdAt()).isBeforeOrEqualTo(step.lastUpdatedAt());
			});
	}

	@Test
	void listsPageByPageNewestFirst() {
		var ids = new ArrayList<String>();
		for (int number = 0; number < 3; number++) {
			ids.addFirst(create("sdk-pages", "sdk-pages-" + number));
		}
		create("sdk-pages-other", "sdk-pages-other");

		var seen = new ArrayList<ListWorkflowsItem>();
		String token = null;
		do {
			var page = list(ListWorkflowsRequest.builder().domainName("sdk-pages").maxResults(1).nextToken(token));
			assertThat(page.items()).hasSize(1);
			seen.addAll(page.items());
			token = page.nextToken();
		}
		while (token != null);

		assertThat(seen).extracting(ListWorkflowsItem::workflowId).isEqualTo(ids);
		assertThat(seen).allSatisfy(item -> {
			assertThat(item.workflowType()).isEqualTo(WorkflowType.APPFLOW_INTEGRATION);
			assertThat(item.statusDescription()).isNotBlank();
			assertThat(item.createdAt()).isBeforeOrEqualTo(item.lastUpdatedAt());
		});
	}

	@Test
	void listsWhatTheFiltersAllow() {
		var id = create("sdk-filters", "sdk-filters");
		awaitStatus("sdk-filters", id, Status.COMPLETE);
		var created = list(ListWorkflowsRequest.builder().domainName("sdk-filters")).items().getFirst().createdAt();

		assertThat(idsOf(all().status(Status.COMPLETE))).containsExactly(id);
		assertThat(idsOf(all().status(Status.FAILED))).isEmpty();
		assertThat(idsOf(all().workflowType(WorkflowType.APPFLOW_INTEGRATION))).containsExactly(id);
		assertThat(idsOf(all().queryStartDate(created).queryEndDate(created))).containsExactly(id);
		assertThat(idsOf(all().queryStartDate(created.plusMillis(1)))).isEmpty();
		assertThat(idsOf(all().queryEndDate(created.minusMillis(1)))).isEmpty();
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.listWorkflows(all().workflowType("OTHER").build()))
			.withMessageContaining("/WorkflowType");
	}

	@Test
	void throwsBadRequestThatNamesAllMembersAtFault() {
		var broken = request("sdk-broken", "no good name").toBuilder().roleArn("nobody").objectTypeName(null).build();

		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> client.createIntegrationWorkflow(broken))
			.withMessageContainingAll("/RoleArn", "/ObjectTypeName", "/FlowDefinition/FlowName")
			.satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(400))
			.satisfies(refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("BadRequestException"))
			.satisfies(refusal -> assertThat(refusal.requestId()).isNotBlank());
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.getWorkflow(get -> get.domainName("sdk-broken").workflowId("no-id")))
			.withMessageContaining("WorkflowId");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.getWorkflow(get -> get.domainName("no/domain").workflowId(NOBODY)))
			.withMessageContaining("DomainName");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client
				.getWorkflowSteps(steps -> steps.domainName("sdk-broken").workflowId(NOBODY).maxResults(101)))
			.withMessageContaining("max-results");
	}

	@Test
	void throwsResourceNotFoundFromEveryOperationOnAWorkflow() {
		var elsewhere = create("sdk-nobody-else", "sdk-nobody");
		var arn = "arn:aws:profile:eu-central-1:123456789012:domains/sdk-nobody/workflows/" + NOBODY;

		for (var id : List.of(NOBODY, elsewhere)) {
			notFound(() -> client.getWorkflow(get -> get.domainName("sdk-nobody").workflowId(id)));
			notFound(() -> client.getWorkflowSteps(steps -> steps.domainName("sdk-nobody").workflowId(id)));
			notFound(() -> client.deleteWorkflow(delete -> delete.domainName("sdk-nobody").workflowId(id)));
		}
		notFound(() -> client.listTagsForResource(tags -> tags.resourceArn(arn)));
		notFound(() -> client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("a", "b"))));
		notFound(() -> client.untagResource(untag -> untag.resourceArn(arn).tagKeys("a")));
	}

	@Test
	void throwsAConflictThatNamesTheHolderOfTheFlowName() {
		var holder = create("sdk-conflict", "sdk-conflict");
		var other = request("sdk-conflict", "sdk-conflict").toBuilder().objectTypeName("Other").build();

		assertThatExceptionOfType(CustomerProfilesException.class)
			.isThrownBy(() -> client.createIntegrationWorkflow(other))
			.withMessageContaining(holder)
			.satisfies(conflict -> assertThat(conflict.statusCode()).isEqualTo(409))
			.satisfies(conflict -> assertThat(conflict.awsErrorDetails().errorCode()).isEqualTo("ConflictException"));
	}

	@Test
	void givesEachAnswerItsOwnRequestId() {
		var first = list(ListWorkflowsRequest.builder().domainName("sdk-ids"));
		var second = list(ListWorkflowsRequest.builder().domainName("sdk-ids"));

		assertThat(first.responseMetadata().requestId()).isNotBlank()
			.isEqualTo(first.sdkHttpResponse().firstMatchingHeader("x-amzn-RequestId").orElseThrow())
			.isNotEqualTo(second.responseMetadata().requestId());
	}

	@Test
	void makesOneWorkflowWhenTheAnswerIsLostAndTheSdkSendsAgain() throws IOException {
		try (var relay = Relay.to(port).losing(2); var impatient = clientOf(relay.endpoint())) {
			var created = impatient.createIntegrationWorkflow(request("sdk-again", "sdk-again"));
			awaitStatus("sdk-again", created.workflowId(), Status.COMPLETE);

			assertThat(relay.passed()).hasSize(3)
				.extracting(sent -> sent.header("amz-sdk-invocation-id"))
				.containsOnly(relay.passed().getFirst().header("amz-sdk-invocation-id"))
				.doesNotContain("");
			assertThat(created.sdkHttpResponse().firstMatchingHeader("Idempotency-Replayed")).hasValue("true");
			assertThat(idsOf(ListWorkflowsRequest.builder().domainName("sdk-again")))
				.containsExactly(created.workflowId());
			assertThat(aws.calls().createCallsOf("sdk-again")).isOne();
		}
	}

	@Test
	void replaysAnInvocationEvenWhenItsWorkflowIsGone() throws IOException {
		try (var relay = Relay.to(port); var first = clientOf(relay.endpoint())) {
			var id = first.createIntegrationWorkflow(request("sdk-gone", "sdk-gone")).workflowId();
			var sent = relay.passed().getFirst();
			awaitStatus("sdk-gone", id, Status.COMPLETE);
			client.deleteWorkflow(delete -> delete.domainName("sdk-gone").workflowId(id));
			awaitPhase("sdk-gone", id, "DELETED");

			var late = curl.post(sent.path(), sent.body(), "Content-Type", "application/json", "amz-sdk-invocation-id",
					sent.header("amz-sdk-invocation-id"));
			var fresh = create("sdk-gone", "sdk-gone");

			assertThat(late.status()).isEqualTo(202);
			assertThat(late.header("Idempotency-Replayed")).isEqualTo("true");
			assertThat(late.text("/WorkflowId")).isEqualTo(id);
			assertThat(fresh).as("a new invocation is a new wish").isNotEqualTo(id);
		}
	}

	@Test
	void refusesAKeyThatStandsForAnotherRequest() {
		client.createIntegrationWorkflow(withKey(request("sdk-key", "sdk-key-1"), "sdk-key"));

		assertThatExceptionOfType(CustomerProfilesException.class)
			.isThrownBy(() -> client.createIntegrationWorkflow(withKey(request("sdk-key", "sdk-key-2"), "sdk-key")))
			.satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(422))
			.satisfies(refusal -> assertThat(refusal.awsErrorDetails().errorCode())
				.isEqualTo("IdempotentParameterMismatchException"));
	}

	@Test
	void keepsTagsWithAllSignsThatAwsAllows() {
		var id = create("sdk-tags", "sdk-tags");
		var arn = arnOf("sdk-tags", id);
		var odd = Map.of("a,b=c:d/e+f", "x, y & z = 100 %", "k;1<2", "ünï/cödé", "empty", "");

		client.tagResource(tag -> tag.resourceArn(arn).tags(odd));
		assertThat(tagsOf(arn)).containsAllEntriesOf(odd).containsEntry("team", "crm").hasSize(4);

		client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("team", "sales")));
		assertThat(tagsOf(arn)).containsEntry("team", "sales").hasSize(4);

		client.untagResource(untag -> untag.resourceArn(arn).tagKeys("a,b=c:d/e+f", "empty", "never-there"));
		assertThat(tagsOf(arn)).containsOnly(Map.entry("team", "sales"), Map.entry("k;1<2", "ünï/cödé"));

		assertThat(curl.get("/domains/sdk-tags/workflows/" + id).body().at("/Tags").propertyNames())
			.containsExactlyInAnyOrder("team", "k;1<2");
	}

	@Test
	void refusesTagsThatAwsWouldRefuse() {
		var arn = arnOf("sdk-bad-tags", create("sdk-bad-tags", "sdk-bad-tags"));

		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("aws:mine", "x"))))
			.withMessageContaining("aws:mine");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of("a", "x".repeat(257)))))
			.withMessageContaining("/tags/a");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client.listTagsForResource(tags -> tags.resourceArn("no-arn")))
			.withMessageContaining("resourceArn");
		assertThat(tagsOf(arn)).containsOnlyKeys("team");
	}

	@Test
	void cancelsWhatIsDeletedBeforeItWasSent() {
		aws.faults().always(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429);
		try {
			var id = create("sdk-early", "sdk-early");
			await().atMost(PATIENCE).until(() -> aws.calls().createCallsOf("sdk-early") > 0);
			awaitPhase("sdk-early", id, "ACCEPTED");

			client.deleteWorkflow(delete -> delete.domainName("sdk-early").workflowId(id));

			awaitPhase("sdk-early", id, "CANCELLED");
			awaitStatus("sdk-early", id, Status.CANCELLED);
		}
		finally {
			aws.faults().clear();
		}
		assertThat(aws.calls().createsOf("sdk-early")).isZero();
		assertThat(aws.calls().of(Operation.DELETE_WORKFLOW)).noneMatch(call -> "sdk-early".equals(call.domainName()));
	}

	@Test
	void deletesAtAwsWhatHasBeenSent() {
		var id = create("sdk-late", "sdk-late");
		awaitStatus("sdk-late", id, Status.COMPLETE);

		client.deleteWorkflow(delete -> delete.domainName("sdk-late").workflowId(id));
		client.deleteWorkflow(delete -> delete.domainName("sdk-late").workflowId(id));

		awaitPhase("sdk-late", id, "DELETED");
		awaitStatus("sdk-late", id, Status.CANCELLED);
		assertThat(atAws("sdk-late")).isEmpty();
	}

	@Test
	void servesTheAsyncClientAsWell() {
		try (var async = CustomerProfilesAsyncClient.builder()
			.endpointOverride(URI.create("http://127.0.0.1:" + port))
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
			.build()) {
			var read = async.createIntegrationWorkflow(request("sdk-async", "sdk-async"))
				.thenCompose(created -> async
					.getWorkflow(get -> get.domainName("sdk-async").workflowId(created.workflowId())));

			assertThat(read).succeedsWithin(PATIENCE)
				.satisfies(workflow -> assertThat(workflow.workflowType()).isEqualTo(WorkflowType.APPFLOW_INTEGRATION));
			assertThat(async.getWorkflow(get -> get.domainName("sdk-async").workflowId(NOBODY))).failsWithin(PATIENCE)
				.withThrowableThat()
				.withCauseInstanceOf(ResourceNotFoundException.class);
		}
	}

	private String create(String domainName, String flowName) {
		return client.createIntegrationWorkflow(request(domainName, flowName)).workflowId();
	}

	private ListWorkflowsResponse list(ListWorkflowsRequest.Builder request) {
		return client.listWorkflows(request.build());
	}

	private List<String> idsOf(ListWorkflowsRequest.Builder request) {
		return list(request).items().stream().map(ListWorkflowsItem::workflowId).toList();
	}

	private Map<String, String> tagsOf(String arn) {
		return client.listTagsForResource(tags -> tags.resourceArn(arn)).tags();
	}

	private String arnOf(String domainName, String id) {
		return curl.get("/domains/" + domainName + "/workflows/" + id).text("/Arn");
	}

	private List<SimulatedWorkflow> atAws(String domainName) {
		return aws.workflows().stream().filter(workflow -> workflow.domainName().equals(domainName)).toList();
	}

	private void awaitStatus(String domainName, String id, Status status) {
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(client.getWorkflow(get -> get.domainName(domainName).workflowId(id)).status())
						.isEqualTo(status));
	}

	private void awaitPhase(String domainName, String id, String phase) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(curl.get("/domains/" + domainName + "/workflows/" + id).text("/Phase"))
				.isEqualTo(phase));
	}

	private static void notFound(Runnable call) {
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(call::run)
			.satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(404))
			.satisfies(refusal -> assertThat(refusal.requestId()).isNotBlank());
	}

	private static ListWorkflowsRequest.Builder all() {
		return ListWorkflowsRequest.builder().domainName("sdk-filters");
	}

	private static CustomerProfilesClient clientOf(URI endpoint) {
		return CustomerProfilesClient.builder()
			.endpointOverride(endpoint)
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
			.build();
	}

	private static CreateIntegrationWorkflowRequest withKey(CreateIntegrationWorkflowRequest request, String key) {
		return request.toBuilder().overrideConfiguration(call -> call.putHeader("Idempotency-Key", key)).build();
	}

	static CreateIntegrationWorkflowRequest request(String domainName, String flowName) {
		return CreateIntegrationWorkflowRequest.builder()
			.domainName(domainName)
			.workflowType(WorkflowType.APPFLOW_INTEGRATION)
			.objectTypeName("Salesforce-Account")
			.roleArn(ROLE)
			.tags(Map.of("team", "crm"))
			.integrationConfig(
					config -> config.appflowIntegration(integration -> integration
						.batches(batch(1_704_063_600, 1_709_247_600), batch(1_709_247_600, 1_714_514_400))
						.flowDefinition(flow -> flow.flowName(flowName)
							.kmsArn("arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0")
							.sourceFlowConfig(source -> source.connectorProfileName("sales-org")
								.connectorType(SourceConnectorType.SALESFORCE)
								.sourceConnectorProperties(properties -> properties
									.salesforce(salesforce -> salesforce.object("Account"))))
							.tasks(Task.builder()
								.taskType(TaskType.FILTER)
								.sourceFields("Id")
								.connectorOperator(operator -> operator.salesforce("PROJECTION"))
								.build(),
									Task.builder()
										.taskType(TaskType.MAP)
										.sourceFields("Id")
										.destinationField("Id")
										.connectorOperator(operator -> operator.salesforce("NO_OP"))
										.build())
							.triggerConfig(trigger -> trigger.triggerType(TriggerType.ON_DEMAND)))))
			.build();
	}

	private static Batch batch(long start, long end) {
		return Batch.builder().startTime(Instant.ofEpochSecond(start)).endTime(Instant.ofEpochSecond(end)).build();
	}

}
