package io.profileworkflows.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a caller may do in a domain. Each role includes those before it.
 */
public enum Role {

	/** Sees workflows. */
	READER,

	/** Asks for workflows, tags, retries and deletes them. */
	SUBMITTER,

	/** Decides where the service cannot, and pauses. */
	OPERATOR;

	static Optional<Role> named(String name) {
		return Arrays.stream(values()).filter(role -> role.name().equalsIgnoreCase(name)).findFirst();
	}

	boolean includes(Role other) {
		return compareTo(other) >= 0;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
