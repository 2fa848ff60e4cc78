package io.profileworkflows.security;

import java.util.List;

import io.profileworkflows.integration.Violation;

/**
 * A request would have this service use at AWS what its domain may not use. AWS denies
 * access for the same reason, to those who may not pass on a role.
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
