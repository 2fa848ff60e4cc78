package io.profileworkflows.submission;

/**
 * What is to be done next with a workflow that has work waiting.
 */
sealed interface NextStep {

	/** Commit an attempt and call AWS. */
	record Send() implements NextStep {
	}

	/** It is at AWS, by the answer to this attempt. */
	record Confirm(Attempt attempt) implements NextStep {
	}

	/** AWS refused it, and nothing else of it can be there. */
	record Reject(Attempt attempt) implements NextStep {
	}

	/** It must no longer be sent. */
	record GiveUp(String reason) implements NextStep {
	}

	/** It certainly is not at AWS: send it again later. */
	record Requeue(Attempt attempt, int unsentInARow) implements NextStep {
	}

	/** It may be at AWS or not: never send it again blindly. */
	record LoseSight(Attempt attempt) implements NextStep {
	}

	/** Nothing is to be submitted any more. */
	record Leave() implements NextStep {
	}

}
