package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt to create a workflow. A refusal is an answer, not an
 * exception.
 */
public sealed interface CreateOutcome {

	@Nullable String requestId();

	/**
	 * AWS has the workflow.
	 */
	record Created(String workflowId, String message, @Nullable String requestId) implements CreateOutcome {
	}

	/**
	 * AWS has looked at this very request and does not want it.
	 *
	 * @param reason at most 255 characters, from AWS
	 */
	record Refused(String errorCode, String reason, @Nullable String requestId) implements CreateOutcome {
	}

	/**
	 * AWS has certainly not acted on the request, nor will it: the same request may be
	 * sent again.
	 *
	 * @param reason at most 255 characters
	 * @param retryAfter how long AWS asked to wait, if it did
	 */
	record NotSent(Cause cause, String reason, @Nullable String requestId,
			@Nullable Duration retryAfter) implements CreateOutcome {

		/**
		 * Why nothing was sent. {@link #OWN_CREDENTIALS} and {@link #POINTS_AT_ITSELF}
		 * are for an operator to mend; {@link #TURN_PASSED} says nothing of AWS, so the
		 * next turn may be taken at once.
		 */
		public enum Cause {

			THROTTLED, UNREACHABLE, DEADLINE_PASSED, TURN_PASSED, OWN_CREDENTIALS, POINTS_AT_ITSELF

		}

	}

	/**
	 * AWS may have the workflow or not, or may get it still. Never send again before this
	 * is settled.
	 *
	 * @param reason at most 255 characters
	 */
	record Unknown(String reason, @Nullable String requestId) implements CreateOutcome {
	}

}
