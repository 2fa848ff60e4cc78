package io.profileworkflows.integration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a flow.
 *
 * @param scheduleOffset seconds
 */
public record ScheduledTriggerProperties(@JsonProperty("ScheduleExpression") String scheduleExpression,
		@JsonProperty("DataPullMode") @Nullable DataPullMode dataPullMode,
		@JsonProperty("ScheduleStartTime") @Nullable Instant scheduleStartTime,
		@JsonProperty("ScheduleEndTime") @Nullable Instant scheduleEndTime,
		@JsonProperty("Timezone") @Nullable String timezone,
		@JsonProperty("ScheduleOffset") @Nullable Long scheduleOffset,
		@JsonProperty("FirstExecutionFrom") @Nullable Instant firstExecutionFrom) {

}
