package io.profileworkflows.integration;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A flow, and the slices in which its history is fetched.
 */
public record AppflowIntegration(@JsonProperty("FlowDefinition") FlowDefinition flowDefinition,
		@JsonProperty("Batches") @Nullable List<Batch> batches) {

	public AppflowIntegration {
		batches = Copies.of(batches);
	}

}
