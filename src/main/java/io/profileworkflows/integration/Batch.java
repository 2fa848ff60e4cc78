package io.profileworkflows.integration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A slice of past records, which a flow of its own fetches.
 */
@Consistent
public record Batch(@JsonProperty("StartTime") @Required @WholeMilliseconds Instant startTime,
		@JsonProperty("EndTime") @Required @WholeMilliseconds Instant endTime) {

}
