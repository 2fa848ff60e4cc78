package io.profileworkflows.operations;

import org.jspecify.annotations.Nullable;

/**
 * What came of an action on one workflow.
 *
 * @param detail why it was refused, or which workflow was made
 */
public record ItemOutcome(Kind kind, @Nullable String detail) {

	static final ItemOutcome DONE = new ItemOutcome(Kind.DONE, null);

	static final ItemOutcome UNCHANGED = new ItemOutcome(Kind.UNCHANGED, null);

	static ItemOutcome refused(String why) {
		return new ItemOutcome(Kind.REFUSED, why);
	}

	/** In a word. */
	public enum Kind {

		/** The workflow was changed. */
		DONE,
		/** It was as wanted already. */
		UNCHANGED,
		/** It could not be done. */
		REFUSED

	}

}
