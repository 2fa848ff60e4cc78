package io.profileworkflows.workflow.web;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.security.Caller;
import io.profileworkflows.workflow.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * Finds the idempotency key of a request among its headers and its signature.
 */
public final class RequestKeys {

	private RequestKeys() {
	}

	/**
	 * The key that the caller chose, or else the one that AWS's SDKs send, or else the
	 * signature.
	 * @return null where there is none of them
	 * @throws BadParameter when the caller's own cannot be one
	 */
	public static @Nullable IdempotencyKey of(@Nullable String key, @Nullable String invocationId, Caller caller) {
		var chosen = chosen(key, invocationId);
		if (chosen != null) {
			return caller.isSigning() ? chosen.ofSigningCaller() : chosen;
		}
		var signature = Caller.currentSignature();
		return (signature != null) ? IdempotencyKey.ofSignature(signature) : null;
	}

	private static @Nullable IdempotencyKey chosen(@Nullable String key, @Nullable String invocationId) {
		if (key != null) {
			if (key.isBlank() || key.length() > IdempotencyKey.LONGEST) {
				throw new BadParameter("Idempotency-Key", "must be 1 to " + IdempotencyKey.LONGEST + " characters");
			}
			return IdempotencyKey.chosen(key);
		}
		if (invocationId != null && !invocationId.isBlank() && invocationId.length() <= IdempotencyKey.LONGEST) {
			return IdempotencyKey.ofInvocation(invocationId);
		}
		return null;
	}

}
