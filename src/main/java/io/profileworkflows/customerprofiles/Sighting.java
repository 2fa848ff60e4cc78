package io.profileworkflows.customerprofiles;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What AWS shows of a workflow that no workflow here has. AWS promises none of its
 * attributes.
 *
 * @param flowNames of its steps; empty while it shows none, which then proves nothing
 */
public record Sighting(String workflowId, String status, @Nullable Instant createdAt, @Nullable String connectorType,
		@Nullable String connectorProfileName, @Nullable String roleArn, Set<String> flowNames) {

	public Sighting {
		flowNames = Set.copyOf(flowNames);
	}

	public boolean showsSteps() {
		return !flowNames.isEmpty();
	}

}
