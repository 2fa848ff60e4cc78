package io.profileworkflows.integration;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way from source fields to a destination field.
 */
public record Task(@JsonProperty("ConnectorOperator") @Nullable ConnectorOperator connectorOperator,
		@JsonProperty("DestinationField") @Nullable String destinationField,
		@JsonProperty("SourceFields") List<String> sourceFields,
		@JsonProperty("TaskProperties") @Nullable Map<OperatorPropertiesKey, String> taskProperties,
		@JsonProperty("TaskType") TaskType taskType) {

	public Task {
		sourceFields = Copies.ofRequired(sourceFields);
		taskProperties = Copies.of(taskProperties);
	}

}
