package io.profileworkflows.security;

import io.profileworkflows.start.CannotStart;

/**
 * Access keys are configured in a way in which they cannot be used. The message says why,
 * and has no secret in it.
 */
class AccessKeysUnusable extends CannotStart {

	AccessKeysUnusable(String message) {
		super(message,
				"Correct profile-workflows.security.access-keys, or the file that "
						+ "profile-workflows.security.access-keys-file names. Each key has access-key-id, "
						+ "secret-access-key, client, roles and domains.");
	}

}
