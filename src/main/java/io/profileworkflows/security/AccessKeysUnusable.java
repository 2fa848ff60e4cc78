package io.profileworkflows.security;

/**
 * Access keys are configured in a way in which they cannot be used. The message says why,
 * and has no secret in it.
 */
class AccessKeysUnusable extends RuntimeException {

	AccessKeysUnusable(String message) {
		super(message);
	}

}
