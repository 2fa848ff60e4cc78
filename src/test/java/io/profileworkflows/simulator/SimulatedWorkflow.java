package io.profileworkflows.simulator;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A workflow of the account at one moment, seen from within: more than AWS would tell.
 *
 * @param planted whether nobody asked for it through the API
 * @param duplicateOf the workflow that holds its FlowName, because of which it fails
 */
public record SimulatedWorkflow(String workflowId, String domainName, String flowName, String status,
		@Nullable String errorDescription, Instant createdAt, Instant lastUpdatedAt, String objectTypeName,
		String roleArn, String connectorType, @Nullable String connectorProfileName, Map<String, String> tags,
		String arn, boolean planted, @Nullable String duplicateOf) {
}
