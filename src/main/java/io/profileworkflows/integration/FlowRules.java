package io.profileworkflows.integration;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.profileworkflows.schedule.Schedule;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * Source, tasks and trigger of a flow fit each other.
 */
class FlowRules implements ConstraintValidator<Consistent, FlowDefinition> {

	/**
	 * AppFlow runs flows on events only for sources that provide change events. No page
	 * of AWS says which of the five do; Salesforce's alone speaks of them.
	 */
	private static final Map<SourceConnectorType, Set<TriggerType>> TRIGGERS = triggers();

	/**
	 * AppFlow's quotas, and for S3 the least that Customer Profiles takes.
	 */
	private static final Map<SourceConnectorType, Duration> SHORTEST_INTERVALS = new EnumMap<>(
			Map.of(SourceConnectorType.Salesforce, Duration.ofMinutes(1), SourceConnectorType.Servicenow,
					Duration.ofMinutes(1), SourceConnectorType.Zendesk, Duration.ofMinutes(1),
					SourceConnectorType.Marketo, Duration.ofHours(1), SourceConnectorType.S3, Duration.ofMinutes(15)));

	/**
	 * Sources of which AppFlow refuses a flow without a PROJECTION; for Marketo that is
	 * inferred. It takes one from S3.
	 */
	static final Set<SourceConnectorType> PROJECTED = EnumSet.of(SourceConnectorType.Salesforce,
			SourceConnectorType.Servicenow, SourceConnectorType.Marketo);

	private final ConnectorsSettings settings;

	FlowRules(ConnectorsSettings settings) {
		this.settings = settings;
	}

	@Override
	public boolean isValid(FlowDefinition flow, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable SourceFlowConfig source = flow.sourceFlowConfig();
		@Nullable TriggerConfig trigger = flow.triggerConfig();
		@Nullable SourceConnectorType type = (source != null) ? source.connectorType() : null;
		hasOperatorsOf(type, flow, complaints);
		var tasks = Tasks.of(flow);
		if (tasks != null) {
			projectsOnce(type, tasks, complaints);
		}
		if (trigger != null && type != null) {
			hasATriggerOf(type, trigger, complaints);
			runsNoMoreOftenThan(type, trigger, complaints);
		}
		if (trigger != null && source != null) {
			pullsIncrementsOnlyOnSchedule(source, trigger, complaints);
			namesTheTimestampWherePolicySaysSo(source, trigger, complaints);
		}
		return complaints.none();
	}

	private void hasOperatorsOf(@Nullable SourceConnectorType type, FlowDefinition flow, Complaints complaints) {
		@Nullable List<Task> tasks = flow.tasks();
		for (int index = 0; tasks != null && index < tasks.size(); index++) {
			@Nullable Task task = tasks.get(index);
			var operator = (task != null) ? task.connectorOperator() : null;
			if (operator != null) {
				isOperatorOf(type, operator.present().keySet(), index, complaints);
			}
		}
	}

	private void isOperatorOf(@Nullable SourceConnectorType type, Set<SourceConnectorType> present, int index,
			Complaints complaints) {
		if (type == null) {
			if (present.size() != 1) {
				complaints.add("must have exactly one member, that of the connector", "tasks", index,
						"connectorOperator");
			}
			return;
		}
		if (present.isEmpty()) {
			complaints.add("is required when ConnectorType is " + type, "tasks", index, "connectorOperator",
					type.component());
		}
		present.stream()
			.filter(other -> other != type)
			.forEach(other -> complaints.add(
					"must be absent when ConnectorType is " + type + ", which takes " + type.member(), "tasks", index,
					"connectorOperator", other.component()));
	}

	private void projectsOnce(@Nullable SourceConnectorType type, Tasks tasks, Complaints complaints) {
		var projections = tasks.projections();
		if (projections.isEmpty() && type != null && PROJECTED.contains(type) && tasks.areReadable()) {
			complaints.add("must have a Filter task with PROJECTION that lists the source fields when ConnectorType is "
					+ type, "tasks");
		}
		projections.stream()
			.skip(1)
			.forEach(index -> complaints.add("must be the only PROJECTION", "tasks", index, "connectorOperator"));
		if (!projections.isEmpty() && !tasks.bringAnythingOver() && tasks.areReadable()) {
			complaints.add("must have a Map task for each field that is to be brought over", "tasks");
		}
	}

	private void hasATriggerOf(SourceConnectorType type, TriggerConfig trigger, Complaints complaints) {
		var triggers = TRIGGERS.getOrDefault(type, Set.of());
		@Nullable TriggerType actual = trigger.triggerType();
		if (actual != null && !triggers.contains(actual)) {
			var names = triggers.stream().map(Enum::name).collect(Collectors.joining(" or "));
			complaints.add("must be " + names + " when ConnectorType is " + type, "triggerConfig", "triggerType");
		}
	}

	private void runsNoMoreOftenThan(SourceConnectorType type, TriggerConfig trigger, Complaints complaints) {
		var schedule = trigger.schedule();
		@Nullable String expression = (schedule != null) ? schedule.scheduleExpression() : null;
		var read = (expression != null) ? Schedule.parse(expression).schedule() : null;
		var interval = (read != null) ? read.shortestInterval() : null;
		var shortest = SHORTEST_INTERVALS.getOrDefault(type, Duration.ZERO);
		if (interval != null && interval.compareTo(shortest) < 0) {
			complaints.add("must leave at least " + shortest.toMinutes()
					+ " minutes between two runs when ConnectorType is " + type, "triggerConfig", "triggerProperties",
					"scheduled", "scheduleExpression");
		}
	}

	private void pullsIncrementsOnlyOnSchedule(SourceFlowConfig source, TriggerConfig trigger, Complaints complaints) {
		if (source.incrementalPullConfig() != null && !isIncremental(trigger)) {
			complaints.add("must be absent unless TriggerType is Scheduled and DataPullMode is Incremental",
					"sourceFlowConfig", "incrementalPullConfig");
		}
	}

	private void namesTheTimestampWherePolicySaysSo(SourceFlowConfig source, TriggerConfig trigger,
			Complaints complaints) {
		@Nullable SourceConnectorType type = source.connectorType();
		if (type != null && settings.timestampFieldRequiredFor().contains(type) && isIncremental(trigger)
				&& !namesTheTimestamp(source)) {
			complaints.add("is required here for incremental pulls from " + type, "sourceFlowConfig",
					"incrementalPullConfig", "datetimeTypeFieldName");
		}
	}

	static boolean isIncremental(TriggerConfig trigger) {
		var schedule = trigger.schedule();
		return schedule != null && schedule.dataPullMode() == DataPullMode.Incremental;
	}

	static boolean namesTheTimestamp(SourceFlowConfig source) {
		var pull = source.incrementalPullConfig();
		var field = (pull != null) ? pull.datetimeTypeFieldName() : null;
		return field != null && !field.isEmpty();
	}

	private static Map<SourceConnectorType, Set<TriggerType>> triggers() {
		var triggers = new EnumMap<SourceConnectorType, Set<TriggerType>>(SourceConnectorType.class);
		for (var type : SourceConnectorType.values()) {
			triggers.put(type, EnumSet.of(TriggerType.Scheduled, TriggerType.OnDemand));
		}
		triggers.put(SourceConnectorType.Salesforce, EnumSet.allOf(TriggerType.class));
		return triggers;
	}

}
