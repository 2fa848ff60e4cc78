package io.profileworkflows.submission;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * A workflow of which it is not known whether it is at AWS, and by what it would be
 * recognised there.
 */
record UnconfirmedWorkflow(WorkflowId workflow, String flowName, String connectorType,
		@Nullable String connectorProfileName, String roleArn, List<Attempt> attempts) {

	UnconfirmedWorkflow {
		attempts = List.copyOf(attempts);
	}

	List<Attempt> unresolved() {
		return attempts.stream().filter(Attempt::isUnresolved).toList();
	}

	/** When the first attempt that may have made it was begun. */
	Instant begun() {
		return unresolved().stream().map(Attempt::startedAt).min(Instant::compareTo).orElseThrow();
	}

	/** When the last of them must have begun to be sent. */
	Instant deadline() {
		return unresolved().stream().map(Attempt::deadline).max(Instant::compareTo).orElseThrow();
	}

}
