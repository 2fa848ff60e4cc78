package io.profileworkflows.integration;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a flow probably does not mean.
 */
class FlowAdvice implements ConstraintValidator<Prudent, FlowDefinition> {

	/**
	 * Sources that tell what is new by themselves.
	 */
	private static final Set<SourceConnectorType> SELF_DATING = EnumSet.of(SourceConnectorType.Servicenow,
			SourceConnectorType.S3);

	private final ConnectorsSettings settings;

	FlowAdvice(ConnectorsSettings settings) {
		this.settings = settings;
	}

	@Override
	public boolean isValid(FlowDefinition flow, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable List<Task> tasks = flow.tasks();
		@Nullable SourceFlowConfig source = flow.sourceFlowConfig();
		@Nullable TriggerConfig trigger = flow.triggerConfig();
		if (tasks != null && !tasks.isEmpty()) {
			projectsOnce(tasks, complaints);
		}
		if (tasks != null && source != null) {
			leavesReferencesOfServiceNowAlone(source, tasks, complaints);
		}
		if (source != null && trigger != null) {
			namesTheTimestamp(source, trigger, complaints);
		}
		return complaints.none();
	}

	private void projectsOnce(List<Task> tasks, Complaints complaints) {
		var projections = new ArrayList<Integer>();
		for (int index = 0; index < tasks.size(); index++) {
			@Nullable Task task = tasks.get(index);
			if (task != null && Operators.PROJECTION.equals(task.operator())) {
				projections.add(index);
			}
		}
		if (projections.isEmpty()) {
			complaints.add("should have a Filter task with PROJECTION that lists all source fields", "tasks");
		}
		else if (projections.size() == 1) {
			mapsWhatIsProjected(tasks, projections.getFirst(), complaints);
			projectsWhatIsUsed(tasks, projections.getFirst(), complaints);
		}
		else {
			projections.stream()
				.skip(1)
				.forEach((index) -> complaints.add("should be the only PROJECTION", "tasks", index,
						"connectorOperator"));
		}
	}

	private void mapsWhatIsProjected(List<Task> tasks, int projection, Complaints complaints) {
		var mapped = new HashSet<String>();
		for (@Nullable
		Task task : tasks) {
			if (task != null && task.destinationField() != null) {
				mapped.addAll(fieldsOf(task));
			}
		}
		complainOfFieldsBeyond(mapped, tasks, projection, "is projected, but no task has a destination for it",
				complaints);
	}

	private void projectsWhatIsUsed(List<Task> tasks, int projection, Complaints complaints) {
		var projected = new HashSet<>(fieldsOf(tasks.get(projection)));
		for (int index = 0; index < tasks.size(); index++) {
			complainOfFieldsBeyond(projected, tasks, index, "is not among the fields of the PROJECTION", complaints);
		}
	}

	private void complainOfFieldsBeyond(Set<String> known, List<Task> tasks, int index, String message,
			Complaints complaints) {
		@Nullable Task task = tasks.get(index);
		var fields = (task != null) ? fieldsOf(task) : List.<String>of();
		for (int position = 0; position < fields.size(); position++) {
			@Nullable String field = fields.get(position);
			if (field != null && !known.contains(field)) {
				complaints.add(message, "tasks", index, "sourceFields", position);
			}
		}
	}

	private static List<String> fieldsOf(Task task) {
		@Nullable List<String> fields = task.sourceFields();
		return (fields != null) ? fields : List.of();
	}

	private void leavesReferencesOfServiceNowAlone(SourceFlowConfig source, List<Task> tasks, Complaints complaints) {
		@Nullable SourceConnectorType connector = source.connectorType();
		for (int index = 0; connector == SourceConnectorType.Servicenow && index < tasks.size(); index++) {
			@Nullable Task task = tasks.get(index);
			@Nullable TaskType type = (task != null) ? task.taskType() : null;
			if (type == TaskType.Mask || type == TaskType.Truncate) {
				complaints.add("yields nothing for reference fields of ServiceNow", "tasks", index, "taskType");
			}
		}
	}

	private void namesTheTimestamp(SourceFlowConfig source, TriggerConfig trigger, Complaints complaints) {
		@Nullable SourceConnectorType type = source.connectorType();
		if (type == null || SELF_DATING.contains(type) || settings.timestampFieldRequiredFor().contains(type)) {
			return;
		}
		if (FlowRules.isIncremental(trigger) && !FlowRules.namesTheTimestamp(source)) {
			complaints.add("should name the field that tells what is new", "sourceFlowConfig", "incrementalPullConfig",
					"datetimeTypeFieldName");
		}
	}

}
