package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * When the flow runs.
 */
public record TriggerConfig(@JsonProperty("TriggerType") TriggerType triggerType,
		@JsonProperty("TriggerProperties") @Nullable TriggerProperties triggerProperties) {

}
