package io.profileworkflows.appflow;

import org.jspecify.annotations.Nullable;

/**
 * What came of a command to start or stop a flow.
 */
public sealed interface CommandOutcome {

	/**
	 * @param executionId of the run that it started, if it did
	 */
	record Done(@Nullable String status, @Nullable String executionId) implements CommandOutcome {
	}

	/** AppFlow does not know the flow. */
	record Gone() implements CommandOutcome {
	}

	record Refused(String reason) implements CommandOutcome {
	}

	/** It may or may not have been carried out. */
	record Unsettled(String reason) implements CommandOutcome {
	}

}
