package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesAsyncClient;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesClient;
import software.amazon.awssdk.services.customerprofiles.model.Batch;
import software.amazon.awssdk.services.customerprofiles.model.CreateIntegrationWorkflowRequest;
import software.amazon.awssdk.services.customerprofiles.model.FlowDefinition;
import software.amazon.awssdk.services.customerprofiles.model.SourceConnectorType;
import software.amazon.awssdk.services.customerprofiles.model.Task;
import software.amazon.awssdk.services.customerprofiles.model.TaskType;
import software.amazon.awssdk.services.customerprofiles.model.TriggerType;
import software.amazon.awssdk.services.customerprofiles.model.WorkflowType;

/**
 * AWS's own clients, which judge whether the simulator speaks as AWS does.
 */
final class Sdk {

	static final String ROLE = "arn:aws:iam::123456789012:role/ingest";

	private static final StaticCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

	private Sdk() {
	}

	static CustomerProfilesClient client(Simulator simulator) {
		return client(simulator, config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()));
	}

	static CustomerProfilesClient client(Simulator simulator, Consumer<ClientOverrideConfiguration.Builder> config) {
		return CustomerProfilesClient.builder()
			.region(Region.EU_CENTRAL_1)
			.endpointOverride(simulator.endpoint())
			.credentialsProvider(CREDENTIALS)
			.overrideConfiguration(config)
			.build();
	}

	static CustomerProfilesAsyncClient asyncClient(Simulator simulator) {
		return CustomerProfilesAsyncClient.builder()
			.region(Region.EU_CENTRAL_1)
			.endpointOverride(simulator.endpoint())
			.credentialsProvider(CREDENTIALS)
			.overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
			.build();
	}

	static CreateIntegrationWorkflowRequest create(String flowName) {
		return create(flowName, 0);
	}

	static CreateIntegrationWorkflowRequest create(String flowName, int batches) {
		return CreateIntegrationWorkflowRequest.builder()
			.domainName("retail")
			.workflowType(WorkflowType.APPFLOW_INTEGRATION)
			.objectTypeName("Account")
			.roleArn(ROLE)
			.tags(Map.of("team", "crm"))
			.integrationConfig(config -> config.appflowIntegration(
					appflow -> appflow.flowDefinition(flow(flowName)).batches(batches == 0 ? null : batches(batches))))
			.build();
	}

	private static FlowDefinition flow(String flowName) {
		return FlowDefinition.builder()
			.flowName(flowName)
			.kmsArn("arn:aws:kms:eu-central-1:123456789012:key/1")
			.sourceFlowConfig(source -> source.connectorType(SourceConnectorType.SALESFORCE)
				.connectorProfileName("sales-org")
				.sourceConnectorProperties(properties -> properties.salesforce(object -> object.object("Account"))))
			.tasks(List.of(Task.builder().taskType(TaskType.MAP).sourceFields("Id").destinationField("Id").build()))
			.triggerConfig(trigger -> trigger.triggerType(TriggerType.ON_DEMAND))
			.build();
	}

	private static List<Batch> batches(int count) {
		return IntStream.range(0, count)
			.mapToObj(number -> Batch.builder().startTime(day(number)).endTime(day(number + 1)).build())
			.toList();
	}

	private static Instant day(int number) {
		return Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofDays(number));
	}

}
