package io.profileworkflows.workflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A workflow that runs at AWS, and what was last seen of it.
 *
 * @param endedBefore how many workflows of its domain, created since the running one
 * before it, have ended
 */
public record TrackedWorkflow(WorkflowId id, String remoteWorkflowId, @Nullable String remoteStatus,
		@Nullable Instant remoteUpdatedAt, Instant createdAt, Instant submittedAt, long endedBefore) {
}
