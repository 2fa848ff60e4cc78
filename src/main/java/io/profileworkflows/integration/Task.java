package io.profileworkflows.integration;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way from source fields to a destination field.
 */
@Consistent
@Advisable(payload = Warning.class)
public record Task(@JsonProperty("ConnectorOperator") @Nullable ConnectorOperator connectorOperator,
		@JsonProperty("DestinationField") @Nullable @ShortText String destinationField,
		@JsonProperty("SourceFields") @Required List<@Pattern(regexp = ".{0,2048}",
				message = "must be at most 2048 characters on one line") String> sourceFields,
		@JsonProperty("TaskProperties") @Nullable Map<OperatorPropertiesKey, @Pattern(regexp = ".{1,2048}",
				message = "must be 1 to 2048 characters on one line") String> taskProperties,
		@JsonProperty("TaskType") @Required TaskType taskType) {

	public Task {
		sourceFields = Copies.ofRequired(sourceFields);
		taskProperties = Copies.of(taskProperties);
	}

	boolean has(OperatorPropertiesKey key) {
		return property(key) != null;
	}

	@Nullable String property(OperatorPropertiesKey key) {
		return (taskProperties != null) ? taskProperties.get(key) : null;
	}

	/**
	 * The name of the operator in whichever vocabulary, or null where there is none or
	 * more than one.
	 */
	public @Nullable String operator() {
		var operators = (connectorOperator != null) ? connectorOperator.present().values() : Set.<Enum<?>>of();
		return (operators.size() == 1) ? operators.iterator().next().name() : null;
	}

	@Override
	public String toString() {
		return "Task[confidential]";
	}

}
