package io.profileworkflows.integration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A slice of history, fetched by a flow of its own.
 */
@Consistent
public record Batch(@JsonProperty("StartTime") @Required @WholeMilliseconds Instant startTime,
		@JsonProperty("EndTime") @Required @WholeMilliseconds Instant endTime) {

}
