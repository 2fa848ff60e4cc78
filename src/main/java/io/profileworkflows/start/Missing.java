package io.profileworkflows.start;

/**
 * A setting that is missing or cannot be right.
 *
 * @param variable the one to set
 * @param hint to what, and what else would do; may have several lines
 */
public record Missing(String variable, String hint) {

	String lines() {
		return "  " + variable + System.lineSeparator() + hint.indent(6);
	}

}
