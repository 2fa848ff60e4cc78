package io.profileworkflows.security;

/**
 * Security is on, but nothing is configured that could tell who a caller is.
 */
class NobodyCanAuthenticate extends RuntimeException {

	NobodyCanAuthenticate() {
		super("profile-workflows.security.enabled is true, but nothing is configured to authenticate callers");
	}

}
