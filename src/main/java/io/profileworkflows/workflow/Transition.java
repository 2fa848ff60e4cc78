package io.profileworkflows.workflow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A workflow has come from one phase to another. Told within the transaction, or after
 * one that was of many: listen after the commit.
 *
 * @param before null for one that is new
 * @param acceptedAt when the workflow was asked for
 * @param awsRequestId of the call that showed it, if it was one
 */
record Transition(WorkflowId workflow, String domainName, @Nullable Phase before, Phase phase, Status status,
		Instant acceptedAt, @Nullable String awsRequestId) {

	static Transition of(Workflow workflow, @Nullable Phase before, Cause cause) {
		return new Transition(workflow.id(), workflow.domainName(), before, workflow.phase(), workflow.status(),
				workflow.createdAt(), cause.requestId());
	}

	/** Whether this is how AWS's workflow became known. */
	boolean isSubmission() {
		return phase == Phase.SUBMITTED && before != Phase.DELETING;
	}

	/**
	 * Whether it is the end of what was asked for. A deletion is another matter, and one
	 * that AWS refused leads back to an end that was there before.
	 */
	boolean isEnd() {
		return switch (phase) {
			case FINISHED -> before == Phase.SUBMITTED;
			case REJECTED, CANCELLED -> true;
			case ACCEPTED, SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, SUBMITTED, DELETING, DELETED -> false;
		};
	}

}
