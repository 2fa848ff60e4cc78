package io.profileworkflows.integration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A document after all checks.
 *
 * @param value what it says, and null exactly when there are violations
 * @param violations all that is wrong with it
 * @param warnings all that is allowed but probably not meant
 */
public record Checked<T>(@Nullable T value, List<Violation> violations, List<Violation> warnings) {

	public Checked {
		violations = List.copyOf(violations);
		warnings = List.copyOf(warnings);
		if ((value == null) == violations.isEmpty()) {
			throw new IllegalArgumentException("A document has either a value or violations");
		}
	}

	public boolean isValid() {
		return value != null;
	}

	public T require() {
		if (value == null) {
			throw new InvalidDocument(violations);
		}
		return value;
	}

}
