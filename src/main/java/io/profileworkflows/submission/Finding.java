package io.profileworkflows.submission;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.workflow.Candidate;

/**
 * What a look at AWS means for a workflow that is uncertain.
 */
sealed interface Finding {

	/** The answer to an attempt has come in after all. */
	record Answered(Attempt attempt) implements Finding {
	}

	/** It is there. */
	record Found(String remoteWorkflowId, String evidence) implements Finding {
	}

	/**
	 * A whole listing had none of its FlowName, for the first time since the settle time.
	 */
	record MissingOnce(Instant lookedAt, Instant nextLook) implements Finding {
	}

	/** It is not there, and will not be. */
	record Absent() implements Finding {
	}

	/** A person has to decide. */
	record Undecidable(String reason, List<Candidate> candidates) implements Finding {
	}

	/** Nothing is proved yet. */
	record Open(Instant nextLook) implements Finding {
	}

}
