package io.profileworkflows.flows;

import io.profileworkflows.customerprofiles.Operation;

/**
 * What is said of what AWS does not let us see.
 */
final class Denied {

	private Denied() {
	}

	static String of(Operation operation) {
		return "This service has no permission for %s, or AWS does not accept its credentials"
			.formatted(operation.action());
	}

}
