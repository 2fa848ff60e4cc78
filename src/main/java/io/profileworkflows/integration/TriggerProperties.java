package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/**
 * Details of the trigger; only a schedule has any.
 */
public record TriggerProperties(@JsonProperty("Scheduled") @Nullable @Valid ScheduledTriggerProperties scheduled) {

	@Override
	public String toString() {
		return "TriggerProperties[confidential]";
	}

}
