package io.profileworkflows.flows;

import io.profileworkflows.workflow.StateInWords;
import org.jspecify.annotations.Nullable;

/**
 * A member of a flow that is not what was asked for. Confidential, but for its place.
 *
 * @param pointer JSON Pointer within the FlowDefinition
 * @param asked null for what was not asked for
 * @param found null for what is not there
 */
record Difference(String pointer, @Nullable String asked, @Nullable String found) {

	private static final int LONGEST = 100;

	Difference {
		asked = (asked != null) ? StateInWords.cut(asked, LONGEST) : null;
		found = (found != null) ? StateInWords.cut(found, LONGEST) : null;
	}

	String sentence() {
		if (found == null) {
			return "%s is not there; asked for was %s".formatted(pointer, asked);
		}
		if (asked == null) {
			return "%s has what nobody asked for: %s".formatted(pointer, found);
		}
		return "%s is %s; asked for was %s".formatted(pointer, found, asked);
	}

	@Override
	public String toString() {
		return "Difference[" + pointer + "]";
	}

}
