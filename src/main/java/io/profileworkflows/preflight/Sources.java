package io.profileworkflows.preflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.profileworkflows.appflow.SourceField;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.Task;
import io.profileworkflows.integration.TaskType;

/**
 * Whether the fields that a request names are at the source, and fit for what they are
 * named for. Pure, and says where in the request a mistake is rather than what is there.
 */
final class Sources {

	private static final String PROJECTION = "PROJECTION";

	/** What only says how to go about a value, and is no filter's. */
	private static final String NO_OP = "NO_OP";

	private static final int MOST_NAMED = 20;

	private final Map<String, SourceField> fields = new HashMap<>();

	private final List<String> mistakes = new ArrayList<>();

	private Sources(List<SourceField> fields) {
		fields.forEach(field -> this.fields.put(field.identifier(), field));
	}

	static Verdict judge(CreateIntegrationWorkflow request, List<SourceField> fields) {
		return new Sources(fields).judge(request);
	}

	private Verdict judge(CreateIntegrationWorkflow request) {
		var flow = request.flowDefinition();
		for (int number = 0; number < flow.tasks().size(); number++) {
			task("Tasks/" + number, flow.tasks().get(number));
		}
		var pull = flow.sourceFlowConfig().incrementalPullConfig();
		var timestamp = (pull != null) ? pull.datetimeTypeFieldName() : null;
		if (timestamp != null) {
			timestamp(timestamp);
		}
		if (mistakes.isEmpty()) {
			return Verdict.passed();
		}
		var named = mistakes.stream().limit(MOST_NAMED).toList();
		var others = mistakes.size() - named.size();
		return Verdict.failed("has fields that will not do: " + String.join("; ", named)
				+ ((others > 0) ? "; and %s more".formatted(others) : ""));
	}

	private void task(String place, Task task) {
		// an arithmetic over the results of others names fields that no source has
		var derived = task.taskType() == TaskType.Arithmetic || task.taskType() == TaskType.Merge;
		for (int number = 0; number < task.sourceFields().size(); number++) {
			var at = "%s/SourceFields/%s".formatted(place, number);
			var name = task.sourceFields().get(number);
			var field = fields.get(name);
			if (name.isEmpty() || derived && field == null) {
				continue;
			}
			if (field == null) {
				missing(at, name);
			}
			else {
				field(at, task, field);
			}
		}
	}

	private void field(String at, Task task, SourceField field) {
		if (Boolean.FALSE.equals(field.retrievable())) {
			mistakes.add(at + " cannot be read at the source");
			return;
		}
		var operator = operatorOf(task);
		if (task.taskType() == TaskType.Filter && !Set.of(PROJECTION, NO_OP).contains(operator)
				&& !field.filterOperators().isEmpty() && !field.filterOperators().contains(operator)) {
			mistakes.add("%s cannot be filtered by the operator of its task".formatted(at));
		}
	}

	private static String operatorOf(Task task) {
		return Objects.requireNonNullElse(task.operator(), NO_OP);
	}

	private void timestamp(String name) {
		var at = "SourceFlowConfig/IncrementalPullConfig/DatetimeTypeFieldName";
		var field = fields.get(name);
		if (field == null) {
			missing(at, name);
		}
		else if (Boolean.FALSE.equals(field.timestampForIncrementalQueries())) {
			mistakes.add(at + " is no field that tells what is new");
		}
	}

	private void missing(String at, String name) {
		mistakes.add(at + (fields.keySet().stream().anyMatch(name::equalsIgnoreCase)
				? " does not exist at the source, but one with other capital letters does"
				: " does not exist at the source"));
	}

}
