package io.profileworkflows.workflow.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * DeleteWorkflow's answer, which has no members at AWS.
 */
record DeletedView(@JsonProperty("Message") @Nullable String message) {

	private static final String PROFILES_MAY_STAY = "Customer Profiles deletes the workflow and its integration. "
			+ "Profiles that it made may stay";

	static DeletedView of(boolean isAtAws) {
		return new DeletedView(isAtAws ? PROFILES_MAY_STAY : null);
	}

}
