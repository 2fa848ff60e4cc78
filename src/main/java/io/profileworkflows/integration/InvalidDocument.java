package io.profileworkflows.integration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document has mistakes. The message names the first members at fault;
 * {@link #violations()} has all of them.
 */
public class InvalidDocument extends RuntimeException {

	private static final int NAMED = 10;

	private final transient List<Violation> violations;

	public InvalidDocument(List<Violation> violations) {
		super(describe(violations));
		this.violations = List.copyOf(violations);
	}

	public List<Violation> violations() {
		return violations;
	}

	private static String describe(List<Violation> violations) {
		var named = violations.stream().limit(NAMED).map(InvalidDocument::describe).collect(Collectors.joining("; "));
		var more = violations.size() - NAMED;
		return (more > 0) ? named + "; and " + more + " more" : named;
	}

	private static String describe(Violation violation) {
		return (violation.pointer().isEmpty() ? "The document" : violation.pointer()) + " " + violation.message();
	}

}
