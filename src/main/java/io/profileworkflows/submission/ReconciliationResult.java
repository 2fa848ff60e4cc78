package io.profileworkflows.submission;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.workflow.Candidate;

/**
 * What a look at AWS means for a workflow that is uncertain.
 */
sealed interface ReconciliationResult {

	/** The answer to an attempt has come in after all. */
	record Answered(Attempt attempt) implements ReconciliationResult {
	}

	/** It is there. */
	record Found(String remoteWorkflowId, String evidence) implements ReconciliationResult {
	}

	/**
	 * A whole listing had none of its FlowName, for the first time since the settle time.
	 */
	record MissingOnce(Instant lookedAt, Instant nextLook) implements ReconciliationResult {
	}

	/** It is not there, and will not be. */
	record Absent() implements ReconciliationResult {
	}

	/** A person has to decide. */
	record Undecidable(String reason, List<Candidate> candidates) implements ReconciliationResult {
	}

	/** Nothing is proved yet. */
	record Open(Instant nextLook) implements ReconciliationResult {
	}

}
