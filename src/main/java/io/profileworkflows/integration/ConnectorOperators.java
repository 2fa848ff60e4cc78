package io.profileworkflows.integration;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the operators of all connectors have in common: those of one name do the same.
 */
final class ConnectorOperators {

	static final String PROJECTION = "PROJECTION";

	static final String NO_OP = "NO_OP";

	private static final Set<String> COMPARISONS = Set.of("LESS_THAN", "GREATER_THAN", "CONTAINS",
			"LESS_THAN_OR_EQUAL_TO", "GREATER_THAN_OR_EQUAL_TO", "EQUAL_TO", "NOT_EQUAL_TO");

	private static final Set<String> ARITHMETIC = Set.of("ADDITION", "MULTIPLICATION", "DIVISION", "SUBTRACTION");

	private ConnectorOperators() {
	}

	static boolean isComparison(@Nullable String operator) {
		return operator != null && COMPARISONS.contains(operator);
	}

	static boolean isBetween(@Nullable String operator) {
		return "BETWEEN".equals(operator);
	}

	static boolean masksAPart(@Nullable String operator) {
		return "MASK_FIRST_N".equals(operator) || "MASK_LAST_N".equals(operator);
	}

	/**
	 * The one type of task an operator is for, or null for NO_OP, which says nothing.
	 */
	static @Nullable TaskType taskTypeOf(String operator) {
		if (PROJECTION.equals(operator) || isComparison(operator) || isBetween(operator)) {
			return TaskType.Filter;
		}
		if (ARITHMETIC.contains(operator)) {
			return TaskType.Arithmetic;
		}
		if (operator.startsWith("MASK_")) {
			return TaskType.Mask;
		}
		return operator.startsWith("VALIDATE_") ? TaskType.Validate : null;
	}

	/**
	 * Whether a task of this type does with its operator what it does, so that one that
	 * does nothing is probably a mistake.
	 */
	static boolean areNeededFor(TaskType type) {
		return areStrict(type) || type == TaskType.Mask || type == TaskType.Arithmetic;
	}

	/**
	 * Whether the operator is all there is to a task of this type, so that another kind
	 * of operator is a mistake.
	 */
	static boolean areStrict(TaskType type) {
		return type == TaskType.Filter || type == TaskType.Validate;
	}

}
