package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The result of one call that deletes a workflow.
 */
public sealed interface DeleteOutcome {

	@Nullable String requestId();

	/**
	 * AWS has taken the deletion; it carries it out in its own time.
	 */
	record Deleted(@Nullable String requestId) implements DeleteOutcome {
	}

	/**
	 * AWS does not know the workflow (any more), or does not show it to us.
	 */
	record Gone(@Nullable String requestId) implements DeleteOutcome {
	}

	/**
	 * AWS does not want to delete it, and asking again would not change that.
	 *
	 * @param reason at most 255 characters, from AWS
	 */
	record Refused(String errorCode, String reason, @Nullable String requestId) implements DeleteOutcome {
	}

	/**
	 * No answer, or none to rely on. It may be asked again, since deleting twice does no
	 * more than deleting once.
	 *
	 * @param reason at most 255 characters
	 * @param retryAfter how long AWS asked to wait, if it did
	 */
	record Unsettled(String reason, @Nullable String requestId,
			@Nullable Duration retryAfter) implements DeleteOutcome {
	}

}
