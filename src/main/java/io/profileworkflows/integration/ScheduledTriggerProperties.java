package io.profileworkflows.integration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.schedule.Schedule;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a flow. The expression is held in the one spelling that AppFlow takes.
 *
 * @param scheduleOffset seconds
 */
@Consistent
@Advisable(payload = Warning.class)
public record ScheduledTriggerProperties(@JsonProperty("ScheduleExpression") @Required String scheduleExpression,
		@JsonProperty("DataPullMode") @Nullable DataPullMode dataPullMode,
		@JsonProperty("ScheduleStartTime") @Nullable @WholeMilliseconds Instant scheduleStartTime,
		@JsonProperty("ScheduleEndTime") @Nullable @WholeMilliseconds Instant scheduleEndTime,
		@JsonProperty("Timezone") @Nullable String timezone,
		@JsonProperty("ScheduleOffset") @Nullable @Min(value = 0, message = ScheduledTriggerProperties.OFFSET) @Max(
				value = 35_999, message = ScheduledTriggerProperties.OFFSET) Long scheduleOffset,
		@JsonProperty("FirstExecutionFrom") @Nullable @WholeMilliseconds Instant firstExecutionFrom) {

	static final String OFFSET = "must be 0 to 35999 seconds, less than 10 hours";

	public ScheduledTriggerProperties {
		scheduleExpression = canonical(scheduleExpression);
	}

	@SuppressWarnings("NullAway")
	private static String canonical(String expression) {
		return (expression != null) ? Schedule.canonical(expression) : null;
	}

	@Override
	public String toString() {
		return "ScheduledTriggerProperties[confidential]";
	}

}
