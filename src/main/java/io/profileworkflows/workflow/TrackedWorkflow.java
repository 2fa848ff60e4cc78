package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A workflow that runs at AWS, and what was last seen of it there.
 */
public record TrackedWorkflow(WorkflowId id, String remoteWorkflowId, @Nullable String remoteStatus,
		@Nullable Instant remoteUpdatedAt, Instant createdAt, Instant submittedAt) {

	TrackedWorkflow(UUID id, String remoteWorkflowId, @Nullable String remoteStatus, @Nullable Instant remoteUpdatedAt,
			Instant createdAt, Instant submittedAt) {
		this(new WorkflowId(id), remoteWorkflowId, remoteStatus, remoteUpdatedAt, createdAt, submittedAt);
	}

}
