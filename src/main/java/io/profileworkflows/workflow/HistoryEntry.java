package io.profileworkflows.workflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a workflow. Equal phases mean that it only was noted.
 */
public record HistoryEntry(long id, Instant at, @Nullable Phase fromPhase, Phase toPhase, Status status, String reason,
		String actor, @Nullable Integer attempt, @Nullable String requestId) {
}
