package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Details of the trigger; only a schedule has any.
 */
public record TriggerProperties(@JsonProperty("Scheduled") @Nullable ScheduledTriggerProperties scheduled) {

}
