package io.profileworkflows.security;

import java.util.List;

/**
 * All that a caller may do.
 */
record Grants(List<Grant> all) {

	static final Grants NONE = new Grants(List.of());

	static final Grants EVERYTHING = new Grants(List.of(new Grant(Role.OPERATOR, Wildcards.EVERYTHING)));

	Grants {
		all = all.stream().filter(grant -> !grant.domains().isEmpty()).distinct().toList();
	}

	/** Where a role, or one that includes it, was granted. */
	Wildcards domainsOf(Role role) {
		return all.stream()
			.filter(grant -> grant.includes(role))
			.map(Grant::domains)
			.reduce(Wildcards.NOTHING, Wildcards::and);
	}

}
