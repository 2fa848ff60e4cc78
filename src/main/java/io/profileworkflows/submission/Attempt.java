package io.profileworkflows.submission;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to create a workflow at AWS.
 *
 * @param number counts from 1 within its workflow
 * @param outcome null while nobody has heard of it again
 * @param remoteWorkflowId AWS's id, if it was created
 */
record Attempt(int number, @Nullable Outcome outcome, @Nullable String remoteWorkflowId, @Nullable String reason,
		@Nullable String requestId) {

	enum Outcome {

		CREATED, REFUSED, NOT_SENT, UNKNOWN

	}

	/** Whether it may have made a workflow that we do not know of. */
	boolean isUnresolved() {
		return outcome == null || outcome == Outcome.UNKNOWN;
	}

	String why() {
		return (reason != null) ? reason : "no answer came";
	}

}
