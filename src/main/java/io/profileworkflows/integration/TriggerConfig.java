package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * When the flow runs.
 */
@Consistent
public record TriggerConfig(@JsonProperty("TriggerType") @Required TriggerType triggerType,
		@JsonProperty("TriggerProperties") @Nullable @Valid TriggerProperties triggerProperties) {

	@Nullable ScheduledTriggerProperties schedule() {
		return (triggerProperties != null) ? triggerProperties.scheduled() : null;
	}

	@Override
	public String toString() {
		return "TriggerConfig[confidential]";
	}

}
