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

	static Grants read(List<String> written) {
		return new Grants(written.stream().flatMap(grant -> Grant.parse(grant, List.of()).stream()).toList());
	}

	/** In the form in which a token has them, each for one pattern. */
	List<String> written() {
		return all.stream()
			.flatMap(grant -> grant.domains().patterns().stream().map(pattern -> grant.role() + ":" + pattern))
			.toList();
	}

	/** Where a role, or one that includes it, was granted. */
	Wildcards domainsOf(Role role) {
		return all.stream()
			.filter(grant -> grant.includes(role))
			.map(Grant::domains)
			.reduce(Wildcards.NOTHING, Wildcards::and);
	}

}
