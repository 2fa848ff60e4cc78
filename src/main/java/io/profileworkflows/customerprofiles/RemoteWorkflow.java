package io.profileworkflows.customerprofiles;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A workflow as AWS describes it. AWS promises none of the members.
 *
 * @param status as AWS sent it, be it known to the SDK or not
 */
public record RemoteWorkflow(String workflowId, @Nullable String workflowType, @Nullable String status,
		@Nullable String errorDescription, @Nullable Instant startDate, @Nullable Instant lastUpdatedAt,
		@Nullable String connectorType, @Nullable String connectorProfileName, @Nullable String roleArn,
		@Nullable Metrics metrics) {

	/**
	 * How far AWS has come.
	 */
	public record Metrics(@Nullable Long recordsProcessed, @Nullable Long stepsCompleted, @Nullable Long totalSteps) {
	}

}
