package io.profileworkflows.integration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a flow probably does not mean.
 */
class FlowAdvice implements ConstraintValidator<Advisable, FlowDefinition> {

	/**
	 * Sources that tell what is new by themselves.
	 */
	private static final Set<SourceConnectorType> SELF_DATING = EnumSet.of(SourceConnectorType.Servicenow,
			SourceConnectorType.S3);

	/** Change events, platform events, and what Salesforce itself publishes. */
	private static final Pattern PUBLISHED = Pattern.compile(".+(?:__e|Event|EventStream)");

	/** Those of them that cannot be queried, whatever they are called before that. */
	private static final Pattern ONLY_PUBLISHED = Pattern.compile(".+(?:__e|ChangeEvent)");

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
		var together = Tasks.of(flow);
		if (together != null && together.areReadable()) {
			hasFieldsThatArrive(together, source, complaints);
		}
		if (tasks != null && source != null) {
			leavesReferencesOfServiceNowAlone(source, tasks, complaints);
		}
		if (source != null && trigger != null) {
			namesTheTimestamp(source, trigger, complaints);
			namesAnEventWhereItRunsOnEvents(source, trigger, complaints);
		}
		return complaints.none();
	}

	private void hasFieldsThatArrive(Tasks tasks, @Nullable SourceFlowConfig source, Complaints complaints) {
		var advice = new FieldAdvice(tasks, complaints);
		var projections = tasks.projections();
		@Nullable SourceConnectorType type = (source != null) ? source.connectorType() : null;
		if (projections.isEmpty() && type != null && !FlowRules.PROJECTED.contains(type)) {
			complaints.add("should have a Filter task with PROJECTION that lists all source fields", "tasks");
		}
		if (projections.size() == 1) {
			advice.onProjection(projections.getFirst(), (source != null) ? pulledBy(source) : null);
		}
		if (projections.isEmpty() && !tasks.bringAnythingOver()) {
			complaints.add("should have a Map task for each field that is to be brought over", "tasks");
		}
		advice.onTasks();
	}

	private static @Nullable String pulledBy(SourceFlowConfig source) {
		var pull = source.incrementalPullConfig();
		return (pull != null) ? pull.datetimeTypeFieldName() : null;
	}

	private void namesAnEventWhereItRunsOnEvents(SourceFlowConfig source, TriggerConfig trigger,
			Complaints complaints) {
		@Nullable SourceConnectorProperties properties = source.sourceConnectorProperties();
		var salesforce = (properties != null) ? properties.salesforce() : null;
		@Nullable String object = (salesforce != null) ? salesforce.object() : null;
		@Nullable TriggerType type = trigger.triggerType();
		if (object == null || type == null) {
			return;
		}
		var path = new Object[] { "sourceFlowConfig", "sourceConnectorProperties", "salesforce", "object" };
		if (type == TriggerType.Event && !PUBLISHED.matcher(object).matches()) {
			complaints.add("should be an event, such as AccountChangeEvent or Order__e, when TriggerType is Event",
					path);
		}
		if (type != TriggerType.Event && ONLY_PUBLISHED.matcher(object).matches()) {
			complaints.add("is an event, which can be fetched only when TriggerType is Event", path);
		}
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
