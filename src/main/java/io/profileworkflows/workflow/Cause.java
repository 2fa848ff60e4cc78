package io.profileworkflows.workflow;

import org.jspecify.annotations.Nullable;

/**
 * The reason for an entry in the history of a workflow.
 *
 * @param actor who caused it: a caller's name, or a module of this service
 * @param attempt number of the attempt to create it at AWS
 * @param requestId AWS's id of the call that showed it
 */
public record Cause(String reason, String actor, @Nullable Integer attempt, @Nullable String requestId) {

	public static Cause of(String actor, String reason) {
		return new Cause(reason, actor, null, null);
	}

}
