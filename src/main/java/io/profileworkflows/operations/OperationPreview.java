package io.profileworkflows.operations;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * The workflows on which an action would be carried out.
 *
 * @param token starts it on just these; null where nothing was found
 * @param expiresAt when the token is good for nothing any more
 */
public record OperationPreview(BulkAction action, int count, List<Workflow> sample, @Nullable OperationId token,
		Instant expiresAt) {
}
