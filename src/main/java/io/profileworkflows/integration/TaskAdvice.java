package io.profileworkflows.integration;

import io.profileworkflows.integration.Complaints.Key;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task probably does not mean. Not documented well enough to refuse.
 */
class TaskAdvice implements ConstraintValidator<Prudent, Task> {

	@Override
	public boolean isValid(Task task, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable TaskType type = task.taskType();
		var operator = task.operator();
		if (Operators.isBetween(operator)) {
			expects(OperatorPropertiesKey.LOWER_BOUND, "should be there for BETWEEN", task, complaints);
			expects(OperatorPropertiesKey.UPPER_BOUND, "should be there for BETWEEN", task, complaints);
		}
		if (Operators.masksAPart(operator)) {
			expects(OperatorPropertiesKey.MASK_LENGTH, "should be there for " + operator, task, complaints);
		}
		if (type == TaskType.Truncate) {
			expects(OperatorPropertiesKey.TRUNCATE_LENGTH, "should be there when TaskType is Truncate", task,
					complaints);
		}
		if (type != null) {
			hasAnOperatorThatDoesSomething(type, task, complaints);
		}
		return complaints.none();
	}

	private void expects(OperatorPropertiesKey key, String message, Task task, Complaints complaints) {
		if (!task.has(key)) {
			complaints.add(message, "taskProperties", new Key(key));
		}
	}

	private void hasAnOperatorThatDoesSomething(TaskType type, Task task, Complaints complaints) {
		var chosen = task.connectorOperator();
		if (chosen == null && Operators.areStrict(type)) {
			complaints.add("is absent, so this task has no effect", "connectorOperator");
		}
		var operator = task.operator();
		if (chosen == null || operator == null) {
			return;
		}
		var member = chosen.present().keySet().iterator().next().component();
		var expected = Operators.taskTypeOf(operator);
		if (expected == null && Operators.areStrict(type)) {
			complaints.add("does nothing, so this task has no effect", "connectorOperator", member);
		}
		if (expected != null && expected != type && !Operators.areStrict(type) && !Operators.areStrict(expected)) {
			complaints.add("is an operator for tasks of type " + expected, "connectorOperator", member);
		}
	}

}
