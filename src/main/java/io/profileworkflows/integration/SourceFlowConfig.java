package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The source, and how to reach it.
 */
@Consistent
public record SourceFlowConfig(@JsonProperty("ConnectorProfileName") @Nullable @Pattern(regexp = "[\\w/!@#+=.-]{1,256}",
		message = "must be 1 to 256 characters of a-z, A-Z, 0-9 and _ / ! @ # + = . -") String connectorProfileName,
		@JsonProperty("ConnectorType") @Required SourceConnectorType connectorType,
		@JsonProperty("IncrementalPullConfig") @Nullable @Valid IncrementalPullConfig incrementalPullConfig,
		@JsonProperty("SourceConnectorProperties") @Required @Valid SourceConnectorProperties sourceConnectorProperties) {

	@Override
	public String toString() {
		return "SourceFlowConfig[confidential]";
	}

}
