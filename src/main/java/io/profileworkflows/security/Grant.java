package io.profileworkflows.security;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role in domains. Written as {@code submitter}, for domains that are said elsewhere,
 * or as {@code submitter:retail-*}.
 */
record Grant(Role role, Wildcards domains) {

	private static final Pattern DOMAINS = Pattern.compile("[a-zA-Z0-9_*-]{1,64}");

	/**
	 * @param otherwise the domains of a role that names none
	 * @return nothing when that is no role, or its domains can be none
	 */
	static Optional<Grant> parse(String text, Collection<String> otherwise) {
		var parts = text.strip().split(":", 2);
		var domains = (parts.length == 2) ? Wildcards.of(parts[1]) : Wildcards.of(otherwise);
		return domains.patterns().stream().allMatch(Grant::isDomain)
				? Role.named(parts[0]).map(role -> new Grant(role, domains)) : Optional.empty();
	}

	static boolean isDomain(String pattern) {
		return DOMAINS.matcher(pattern).matches();
	}

	boolean includes(Role other) {
		return role.includes(other);
	}

}
