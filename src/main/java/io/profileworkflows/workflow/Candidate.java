package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A workflow at AWS that an unresolved attempt may have made.
 *
 * @param flowNames of its steps
 * @param speaksFor what makes it likely
 * @param speaksAgainst what makes it unlikely
 */
public record Candidate(String remoteWorkflowId, @Nullable Instant createdAt, String status, List<String> flowNames,
		List<String> speaksFor, List<String> speaksAgainst) {
}
