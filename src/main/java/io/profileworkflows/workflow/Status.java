package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.Optional;

import io.profileworkflows.customerprofiles.FinalStatuses;

/**
 * AWS's status of a workflow. AWS documents the values and not their meaning. Only
 * {@link #COMPLETE}, {@link #FAILED} and {@link #CANCELLED} count as an end.
 */
public enum Status {

	NOT_STARTED, IN_PROGRESS, COMPLETE, FAILED, SPLIT, RETRY, CANCELLED;

	public boolean isFinal() {
		return FinalStatuses.include(name());
	}

	/**
	 * Finds what AWS sent, which may be a value that nobody here knows yet.
	 */
	public static Optional<Status> find(String text) {
		return Arrays.stream(values()).filter(status -> status.name().equals(text)).findFirst();
	}

}
