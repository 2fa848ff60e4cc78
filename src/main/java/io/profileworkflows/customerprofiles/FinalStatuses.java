package io.profileworkflows.customerprofiles;

import java.util.Set;

/**
 * The statuses after which AWS changes a workflow no more.
 */
public final class FinalStatuses {

	private static final Set<String> ALL = Set.of("COMPLETE", "FAILED", "CANCELLED");

	private FinalStatuses() {
	}

	/**
	 * @param status as AWS spells it, known to the SDK or not
	 */
	public static boolean include(String status) {
		return ALL.contains(status);
	}

}
