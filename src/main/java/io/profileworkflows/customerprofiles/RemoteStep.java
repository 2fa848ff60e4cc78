package io.profileworkflows.customerprofiles;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One flow of a workflow.
 *
 * @param status as AWS sent it, be it known to the SDK or not
 * @param batchRecordsStartTime text whose format AWS does not document
 * @param batchRecordsEndTime text whose format AWS does not document
 */
public record RemoteStep(@Nullable String flowName, @Nullable String status, @Nullable String executionMessage,
		@Nullable Long recordsProcessed, @Nullable String batchRecordsStartTime, @Nullable String batchRecordsEndTime,
		@Nullable Instant createdAt, @Nullable Instant lastUpdatedAt) {
}
