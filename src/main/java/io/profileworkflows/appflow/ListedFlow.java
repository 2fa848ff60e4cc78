package io.profileworkflows.appflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A flow as a listing shows it. Values that the SDK does not know yet stay as AppFlow
 * wrote them.
 *
 * @param lastRunAt when AppFlow says that the latest run was
 */
public record ListedFlow(String flowName, @Nullable String status, @Nullable String triggerType,
		@Nullable Instant updatedAt, @Nullable String lastRunStatus, @Nullable Instant lastRunAt,
		@Nullable String lastRunMessage) {
}
