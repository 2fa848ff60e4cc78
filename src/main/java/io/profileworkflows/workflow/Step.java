package io.profileworkflows.workflow;

import java.time.Instant;

/**
 * One step of a workflow, as AWS described it last.
 */
public record Step(String flowName, String status, String executionMessage, long recordsProcessed,
		String batchRecordsStartTime, String batchRecordsEndTime, Instant createdAt, Instant lastUpdatedAt) {
}
