package io.profileworkflows.integration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A slice of history, fetched by a flow of its own.
 */
public record Batch(@JsonProperty("StartTime") Instant startTime, @JsonProperty("EndTime") Instant endTime) {

}
