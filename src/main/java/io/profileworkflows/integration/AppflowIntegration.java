package io.profileworkflows.integration;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * A flow, and the batches in which its past records are fetched.
 */
@Advisable(payload = Warning.class)
public record AppflowIntegration(@JsonProperty("FlowDefinition") @Required @Valid FlowDefinition flowDefinition,
		@JsonProperty("Batches") @Nullable List<@Valid Batch> batches) {

	public AppflowIntegration {
		batches = Copies.of(batches);
	}

}
