package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which source, reached how.
 */
public record SourceFlowConfig(@JsonProperty("ConnectorProfileName") @Nullable String connectorProfileName,
		@JsonProperty("ConnectorType") SourceConnectorType connectorType,
		@JsonProperty("IncrementalPullConfig") @Nullable IncrementalPullConfig incrementalPullConfig,
		@JsonProperty("SourceConnectorProperties") SourceConnectorProperties sourceConnectorProperties) {

}
