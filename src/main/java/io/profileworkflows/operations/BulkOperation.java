package io.profileworkflows.operations;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An action on many workflows that was started.
 *
 * @param number orders operations by when they were previewed
 * @param done workflows that it has changed
 * @param unchanged workflows that were as wanted already
 * @param refused workflows with which it could not be done
 */
public record BulkOperation(OperationId id, long number, BulkAction action, OperationState state, String requestedBy,
		String filter, int total, int done, int unchanged, int refused, Instant createdAt, @Nullable Instant endedAt) {

	/** Workflows to which it has not come yet. */
	public int pending() {
		return total - done - unchanged - refused;
	}

}
