package io.profileworkflows.workflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a history. If both phases are equal, it is only a note.
 */
public record HistoryEntry(long id, Instant at, @Nullable Phase fromPhase, Phase toPhase, Status status, String reason,
		String actor, @Nullable Integer attempt, @Nullable String requestId) {
}
