package io.profileworkflows.appflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A run of a flow.
 *
 * @param recordsRefused how many records the destination did not take
 */
public record RemoteRun(String executionId, @Nullable String status, @Nullable Instant startedAt,
		@Nullable Instant updatedAt, @Nullable Long recordsProcessed, @Nullable Long recordsRefused,
		@Nullable String message) {
}
