package io.profileworkflows.preflight;

import io.profileworkflows.integration.CreateIntegrationWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * An object at a source, and how the source is reached.
 *
 * @param connectorType as AppFlow spells it
 */
record SourceObjectName(String connectorType, @Nullable String connection, String object) {

	/** What a request fetches from, or null where that has no fields to look at. */
	static @Nullable SourceObjectName in(CreateIntegrationWorkflow request) {
		var source = request.flowDefinition().sourceFlowConfig();
		var object = source.sourceConnectorProperties().objectName();
		return (object != null)
				? new SourceObjectName(source.connectorType().name(), source.connectorProfileName(), object) : null;
	}

}
