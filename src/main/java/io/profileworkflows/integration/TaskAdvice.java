package io.profileworkflows.integration;

import java.util.List;

import io.profileworkflows.integration.Complaints.Key;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task probably does not mean. Not documented well enough to refuse.
 */
class TaskAdvice implements ConstraintValidator<Advisable, Task> {

	/**
	 * Those that the CDK's constructs for AppFlow write. AWS documents none.
	 */
	private static final List<String> ACTIONS = List.of("DropRecord", "DropDataset");

	@Override
	public boolean isValid(Task task, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable TaskType type = task.taskType();
		var operator = task.operator();
		if (ConnectorOperators.isBetween(operator)) {
			expects(OperatorPropertiesKey.LOWER_BOUND, "should be there for BETWEEN", task, complaints);
			expects(OperatorPropertiesKey.UPPER_BOUND, "should be there for BETWEEN", task, complaints);
			expects(OperatorPropertiesKey.DATA_TYPE, "should be there for BETWEEN", task, complaints);
			hasBoundsInOrder(task, complaints);
		}
		if (ConnectorOperators.masksAPart(operator)) {
			expects(OperatorPropertiesKey.MASK_LENGTH, "should be there for " + operator, task, complaints);
		}
		if (type == TaskType.Truncate) {
			expects(OperatorPropertiesKey.TRUNCATE_LENGTH, "should be there when TaskType is Truncate", task,
					complaints);
		}
		if (type == TaskType.Validate) {
			hasAnActionThatAppFlowKnows(task, complaints);
		}
		if (type != null && type != TaskType.Filter) {
			hasAnOperatorThatDoesSomething(type, task, complaints);
		}
		hasFields(type, task, complaints);
		return complaints.none();
	}

	private void expects(OperatorPropertiesKey key, String message, Task task, Complaints complaints) {
		if (!task.has(key)) {
			complaints.add(message, "taskProperties", new Key(key));
		}
	}

	private void hasBoundsInOrder(Task task, Complaints complaints) {
		var lower = task.property(OperatorPropertiesKey.LOWER_BOUND);
		var upper = task.property(OperatorPropertiesKey.UPPER_BOUND);
		if (lower != null && upper != null && Bounds.areReversed(lower, upper)) {
			complaints.add("is below LOWER_BOUND, so nothing lies between", "taskProperties",
					new Key(OperatorPropertiesKey.UPPER_BOUND));
		}
	}

	private void hasAnActionThatAppFlowKnows(Task task, Complaints complaints) {
		var action = task.property(OperatorPropertiesKey.VALIDATION_ACTION);
		if (action != null && !ACTIONS.contains(action)) {
			complaints.add("should be " + String.join(" or ", ACTIONS), "taskProperties",
					new Key(OperatorPropertiesKey.VALIDATION_ACTION));
		}
	}

	private void hasFields(@Nullable TaskType type, Task task, Complaints complaints) {
		@Nullable List<String> fields = task.sourceFields();
		if (fields != null && fields.isEmpty()) {
			complaints.add("is empty, so this task has nothing to work on", "sourceFields");
		}
		else if (fields != null && type == TaskType.Map && fields.size() > 1) {
			complaints.add("should have one field: a Map task brings over one, and a Merge task joins several",
					"sourceFields");
		}
	}

	private void hasAnOperatorThatDoesSomething(TaskType type, Task task, Complaints complaints) {
		var chosen = task.connectorOperator();
		if (chosen == null && ConnectorOperators.areNeededFor(type)) {
			complaints.add("is absent, so this task has no effect, and AppFlow may refuse it", "connectorOperator");
		}
		var operator = task.operator();
		if (chosen == null || operator == null) {
			return;
		}
		var member = chosen.present().keySet().iterator().next().component();
		var expected = ConnectorOperators.taskTypeOf(operator);
		if (expected == null && ConnectorOperators.areNeededFor(type)) {
			complaints.add("does nothing, so this task has no effect, and AppFlow may refuse it", "connectorOperator",
					member);
		}
		if (expected != null && expected != type && !ConnectorOperators.areStrict(type)
				&& !ConnectorOperators.areStrict(expected)) {
			complaints.add("is an operator for tasks of type " + expected, "connectorOperator", member);
		}
	}

}
