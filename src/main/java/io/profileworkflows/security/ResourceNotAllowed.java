package io.profileworkflows.security;

import java.util.List;

import io.profileworkflows.integration.Violation;

/**
 * A request names resources at AWS that its domain may not use. AWS denies access in the
 * same way to callers who may not pass on a role.
 */
public class ResourceNotAllowed extends RuntimeException {

	private final transient List<Violation> violations;

	ResourceNotAllowed(String domainName, List<Violation> violations) {
		super("Domain %s may not use what the request names: %s".formatted(domainName,
				String.join(", ", violations.stream().map(Violation::pointer).toList())));
		this.violations = List.copyOf(violations);
	}

	public List<Violation> violations() {
		return violations;
	}

}
