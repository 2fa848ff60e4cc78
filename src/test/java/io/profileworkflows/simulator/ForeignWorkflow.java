package io.profileworkflows.simulator;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workflow that somebody else in the account starts, to be told apart from ours.
 *
 * @param batches how many batches it has
 * @param createdAt now, if not given
 */
public record ForeignWorkflow(String domainName, String flowName, String connectorType,
		@Nullable String connectorProfileName, String roleArn, String objectTypeName, int batches,
		@Nullable Instant createdAt) {

	private static final long FIRST_BATCH = 1_704_067_200;

	private static final long BATCH_LENGTH = Duration.ofDays(60).toSeconds();

	public ForeignWorkflow {
		if (batches < 0) {
			throw new IllegalArgumentException("There cannot be %s batches".formatted(batches));
		}
	}

	public static ForeignWorkflow of(String domainName, String flowName) {
		return new ForeignWorkflow(domainName, flowName, "Salesforce", "sales-org",
				"arn:aws:iam::123456789012:role/customer-profiles-ingest", "Salesforce-Account", 0, null);
	}

	public ForeignWorkflow withConnector(String connectorType, @Nullable String connectorProfileName) {
		return new ForeignWorkflow(domainName, flowName, connectorType, connectorProfileName, roleArn, objectTypeName,
				batches, createdAt);
	}

	public ForeignWorkflow withRoleArn(String roleArn) {
		return new ForeignWorkflow(domainName, flowName, connectorType, connectorProfileName, roleArn, objectTypeName,
				batches, createdAt);
	}

	public ForeignWorkflow withObjectTypeName(String objectTypeName) {
		return new ForeignWorkflow(domainName, flowName, connectorType, connectorProfileName, roleArn, objectTypeName,
				batches, createdAt);
	}

	public ForeignWorkflow withBatches(int batches) {
		return new ForeignWorkflow(domainName, flowName, connectorType, connectorProfileName, roleArn, objectTypeName,
				batches, createdAt);
	}

	public ForeignWorkflow withCreatedAt(Instant createdAt) {
		return new ForeignWorkflow(domainName, flowName, connectorType, connectorProfileName, roleArn, objectTypeName,
				batches, createdAt);
	}

	ObjectNode toRequest() {
		var request = Json.object()
			.put("WorkflowType", "APPFLOW_INTEGRATION")
			.put("ObjectTypeName", objectTypeName)
			.put("RoleArn", roleArn);
		var integration = request.putObject("IntegrationConfig").putObject("AppflowIntegration");
		var source = integration.putObject("FlowDefinition").put("FlowName", flowName).putObject("SourceFlowConfig");
		source.put("ConnectorType", connectorType).put("ConnectorProfileName", connectorProfileName);
		var all = integration.putArray("Batches");
		for (var number = 0; number < batches; number++) {
			all.addObject()
				.put("StartTime", FIRST_BATCH + number * BATCH_LENGTH)
				.put("EndTime", FIRST_BATCH + (number + 1) * BATCH_LENGTH);
		}
		return request;
	}

}
