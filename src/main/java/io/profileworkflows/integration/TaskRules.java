package io.profileworkflows.integration;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.profileworkflows.integration.Complaints.Key;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A task has what its type and its operator need.
 */
class TaskRules implements ConstraintValidator<Consistent, Task> {

	/**
	 * Tasks that make a field. The others work on one that these bring over, and AWS's
	 * own samples name no destination for them.
	 */
	private static final Set<TaskType> WITH_DESTINATION = EnumSet.of(TaskType.Map, TaskType.Merge, TaskType.Arithmetic);

	private static final Map<TaskType, OperatorPropertiesKey> NEEDED = new EnumMap<>(
			Map.of(TaskType.Arithmetic, OperatorPropertiesKey.MATH_OPERATION_FIELDS_ORDER, TaskType.Merge,
					OperatorPropertiesKey.CONCAT_FORMAT, TaskType.Validate, OperatorPropertiesKey.VALIDATION_ACTION));

	private static final Set<OperatorPropertiesKey> COUNTS = EnumSet.of(OperatorPropertiesKey.MASK_LENGTH,
			OperatorPropertiesKey.TRUNCATE_LENGTH);

	private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

	@Override
	public boolean isValid(Task task, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable TaskType type = task.taskType();
		if (type != null) {
			hasADestination(type, task, complaints);
			hasThePropertyOfItsType(type, task, complaints);
			hasAnOperatorOfItsType(type, task, complaints);
			filtersBySomething(type, task, complaints);
		}
		comparesWithSomething(task, complaints);
		countsInPositiveNumbers(task, complaints);
		masksWithOneCharacter(task, complaints);
		return complaints.none();
	}

	private void hasADestination(TaskType type, Task task, Complaints complaints) {
		var destination = task.destinationField();
		if (WITH_DESTINATION.contains(type) && (destination == null || destination.isEmpty())) {
			complaints.add("is required when TaskType is " + type, "destinationField");
		}
	}

	private void hasThePropertyOfItsType(TaskType type, Task task, Complaints complaints) {
		var needed = NEEDED.get(type);
		if (needed != null && !task.has(needed)) {
			complaints.add("is required when TaskType is " + type, "taskProperties", new Key(needed));
		}
	}

	private void hasAnOperatorOfItsType(TaskType type, Task task, Complaints complaints) {
		var operator = task.operator();
		var expected = (operator != null) ? ConnectorOperators.taskTypeOf(operator) : null;
		if (expected == null || expected == type) {
			return;
		}
		if (ConnectorOperators.areStrict(type) || ConnectorOperators.areStrict(expected)) {
			complaints.add("must be an operator for tasks of type " + type, operatorOf(task));
		}
	}

	/** AppFlow refuses a flow with a filter that does not filter. */
	private void filtersBySomething(TaskType type, Task task, Complaints complaints) {
		if (type != TaskType.Filter) {
			return;
		}
		if (task.connectorOperator() == null) {
			complaints.add("is required when TaskType is Filter", "connectorOperator");
		}
		else if (ConnectorOperators.NO_OP.equals(task.operator())) {
			complaints.add("must be an operator that filters, such as PROJECTION, when TaskType is Filter",
					operatorOf(task));
		}
	}

	private void comparesWithSomething(Task task, Complaints complaints) {
		if (!ConnectorOperators.isComparison(task.operator())) {
			return;
		}
		if (!task.has(OperatorPropertiesKey.VALUE) && !task.has(OperatorPropertiesKey.VALUES)) {
			complaints.add("is required by the operator, or VALUES", "taskProperties",
					new Key(OperatorPropertiesKey.VALUE));
		}
		if (!task.has(OperatorPropertiesKey.DATA_TYPE)) {
			complaints.add("is required by the operator", "taskProperties", new Key(OperatorPropertiesKey.DATA_TYPE));
		}
	}

	private void countsInPositiveNumbers(Task task, Complaints complaints) {
		for (var key : COUNTS) {
			var count = task.property(key);
			if (count != null && !POSITIVE.matcher(count).matches()) {
				complaints.add("must be a positive whole number", "taskProperties", new Key(key));
			}
		}
	}

	private void masksWithOneCharacter(Task task, Complaints complaints) {
		var mask = task.property(OperatorPropertiesKey.MASK_VALUE);
		if (mask != null && mask.codePointCount(0, mask.length()) != 1) {
			complaints.add("must be a single character", "taskProperties", new Key(OperatorPropertiesKey.MASK_VALUE));
		}
	}

	private static Object[] operatorOf(Task task) {
		return new Object[] { "connectorOperator",
				requireNonNull(task.connectorOperator()).present().keySet().iterator().next().component() };
	}

}
