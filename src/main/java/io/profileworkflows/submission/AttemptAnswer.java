package io.profileworkflows.submission;

import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.workflow.WorkflowId;

/**
 * What came of an attempt.
 *
 * @param work under whose claim it was sent
 */
record AttemptAnswer(Work work, int number, CreateOutcome outcome) {

	WorkflowId workflow() {
		return WorkflowId.of(work.subject());
	}

}
