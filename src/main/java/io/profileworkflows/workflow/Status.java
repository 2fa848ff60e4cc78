package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.Optional;

/**
 * AWS's status of a workflow. AWS documents the values and not their meaning. Only
 * {@link #COMPLETE}, {@link #FAILED} and {@link #CANCELLED} count as an end.
 */
public enum Status {

	NOT_STARTED, IN_PROGRESS, COMPLETE, FAILED, SPLIT, RETRY, CANCELLED;

	public boolean isFinal() {
		return this == COMPLETE || this == FAILED || this == CANCELLED;
	}

	/**
	 * Finds what AWS sent, which may be a value that nobody here knows yet.
	 */
	public static Optional<Status> find(String text) {
		return Arrays.stream(values()).filter(status -> status.name().equals(text)).findFirst();
	}

}
