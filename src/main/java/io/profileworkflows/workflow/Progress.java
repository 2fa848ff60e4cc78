package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What AWS said of a workflow at one look.
 *
 * @param status as AWS spells it, known here or not
 */
public record Progress(String status, @Nullable String errorDescription, @Nullable Instant startedAt,
		@Nullable Instant updatedAt, @Nullable Metrics metrics, List<Step> steps) {

	/** AWS's counts for an AppFlow integration. */
	public record Metrics(long recordsProcessed, long stepsCompleted, long totalSteps) {
	}

}
