package io.profileworkflows.flows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a flow at AppFlow has that is not what was asked for: its connection, key, trigger
 * and tasks. Order, and what AppFlow adds where nothing was asked for, make no
 * difference.
 */
final class Drift {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String SCHEDULE_EXPRESSION = "ScheduleExpression";

	private static final Set<Object> NOTHING = Set.of(false, "", Map.of(), List.of());

	private final List<Difference> differences = new ArrayList<>();

	private Drift() {
	}

	/**
	 * Compares a flow with what was asked for.
	 * @param request the stored request as JSON
	 * @param flow the members of the flow's definition
	 * @param isItself whether the flow has the very name that was asked for. One whose
	 * name only begins with it fetches a part, at a time of its own.
	 */
	static List<Difference> of(String request, Map<String, Object> flow, boolean isItself) {
		var asked = plain(JSON.readTree(request).at("/IntegrationConfig/AppflowIntegration/FlowDefinition"));
		var drift = new Drift();
		if (asked instanceof Map<?, ?> definition) {
			drift.compareKeys(definition.get("KmsArn"), flow.get("KmsArn"));
			drift.compare("/SourceFlowConfig", definition.get("SourceFlowConfig"), flow.get("SourceFlowConfig"));
			if (isItself) {
				drift.compare("/TriggerConfig", definition.get("TriggerConfig"), flow.get("TriggerConfig"));
				drift.compareTasks(list(definition.get("Tasks")), list(flow.get("Tasks")));
			}
		}
		return List.copyOf(drift.differences);
	}

	/** An alias and the key that it stands for cannot be told to be the same. */
	private void compareKeys(@Nullable Object asked, @Nullable Object found) {
		if (found != null && !String.valueOf(asked).contains(":alias/")) {
			compare("/KmsArn", asked, found);
		}
	}

	/** Only what was asked for: what AppFlow has besides is a default of its own. */
	private void compare(String pointer, @Nullable Object asked, @Nullable Object found) {
		if (asked == null || (found == null && isNothing(asked))) {
			return;
		}
		if (asked instanceof Map<?, ?> members && (found == null || found instanceof Map<?, ?>)) {
			members.forEach((name, value) -> compare(pointer + "/" + name, value,
					(found instanceof Map<?, ?> others) ? others.get(name) : null));
		}
		else if (found == null || !isSame(pointer, asked, found)) {
			differences.add(new Difference(pointer, text(asked), (found != null) ? text(found) : null));
		}
	}

	private static boolean isNothing(Object asked) {
		return NOTHING.contains(asked) || asked instanceof BigDecimal number && number.signum() == 0;
	}

	private static boolean isSame(String pointer, Object asked, Object found) {
		if (asked instanceof BigDecimal number) {
			var other = number(found);
			return other != null && number.compareTo(other) == 0;
		}
		return pointer.endsWith(SCHEDULE_EXPRESSION) ? expression(text(asked)).equals(expression(text(found)))
				: asked.equals(found);
	}

	/** AppFlow writes a time as one, and requests write it as seconds. */
	private static @Nullable BigDecimal number(Object found) {
		return switch (found) {
			case Instant time -> BigDecimal.valueOf(time.toEpochMilli(), 3);
			case BigDecimal number -> number;
			case Number number -> new BigDecimal(number.toString());
			default -> null;
		};
	}

	/** Spaces and the plural of a rate mean nothing. */
	private static String expression(String text) {
		var plain = text.strip().toLowerCase(Locale.ROOT);
		return plain.startsWith("rate") ? plain.replaceAll("\\s", "").replaceFirst("s\\)$", ")")
				: plain.replaceAll("\\s+", " ").replaceAll(" ?([()]) ?", "$1");
	}

	private void compareTasks(List<?> asked, List<?> found) {
		var left = new ArrayList<>(found.stream().map(Drift::task).toList());
		var changed = new LinkedHashMap<Integer, TaskMembers>();
		for (int index = 0; index < asked.size(); index++) {
			var wanted = task(asked.get(index));
			left.stream()
				.filter(wanted::isSame)
				.findFirst()
				.ifPresentOrElse(left::remove, addTo(changed, index, wanted));
		}
		changed
			.forEach((index, wanted) -> left.stream().filter(wanted::isForTheSame).findFirst().ifPresentOrElse(task -> {
				left.remove(task);
				compareTasks("/Tasks/" + index, wanted, task);
			}, () -> differences.add(new Difference("/Tasks/" + index, wanted.text(), null))));
		left.forEach(extra -> differences.add(new Difference("/Tasks", null, extra.text())));
	}

	private static Runnable addTo(Map<Integer, TaskMembers> changed, int index, TaskMembers task) {
		return () -> changed.put(index, task);
	}

	private void compareTasks(String pointer, TaskMembers asked, TaskMembers found) {
		if (asked.isProjection()) {
			compareSets(pointer + "/SourceFields", asked.fields(), found.fields());
		}
		else if (!asked.fields().equals(found.fields())) {
			differences.add(new Difference(pointer + "/SourceFields", text(asked.fields()), text(found.fields())));
		}
		asked.properties()
			.forEach(
					(name, value) -> compare(pointer + "/TaskProperties/" + name, value, found.properties().get(name)));
	}

	private void compareSets(String pointer, List<String> asked, List<String> found) {
		var missing = new TreeSet<>(asked);
		found.forEach(missing::remove);
		var more = new TreeSet<>(found);
		asked.forEach(more::remove);
		if (!missing.isEmpty()) {
			differences.add(new Difference(pointer, text(missing), null));
		}
		if (!more.isEmpty()) {
			differences.add(new Difference(pointer, null, text(more)));
		}
	}

	private static TaskMembers task(@Nullable Object task) {
		var members = (task instanceof Map<?, ?> map) ? map : Map.of();
		var operators = (members.get("ConnectorOperator") instanceof Map<?, ?> map) ? map : Map.of();
		var properties = (members.get("TaskProperties") instanceof Map<?, ?> map) ? map : Map.of();
		return new TaskMembers(textOf(members.get("TaskType")),
				operators.values().stream().map(String::valueOf).sorted().collect(Collectors.joining(",")),
				textOf(members.get("DestinationField")),
				list(members.get("SourceFields")).stream().map(String::valueOf).toList(),
				properties.entrySet()
					.stream()
					.collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue)));
	}

	private static String textOf(@Nullable Object value) {
		return (value != null) ? String.valueOf(value) : "";
	}

	private static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

	private static @Nullable Object plain(JsonNode node) {
		if (node.isObject()) {
			return node.properties()
				.stream()
				.filter(entry -> !entry.getValue().isNull())
				.collect(Collectors.<Map.Entry<String, JsonNode>, String, Object>toMap(Map.Entry::getKey,
						entry -> Objects.requireNonNull(plain(entry.getValue()))));
		}
		if (node.isArray()) {
			return node.valueStream().map(Drift::plain).filter(Objects::nonNull).toList();
		}
		if (node.isNumber()) {
			return node.decimalValue();
		}
		if (node.isBoolean()) {
			return node.booleanValue();
		}
		return node.isString() ? node.stringValue() : null;
	}

	private static String text(Object value) {
		return switch (value) {
			case String text -> text;
			case BigDecimal number -> number.toPlainString();
			case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
			default -> String.valueOf(value);
		};
	}

	/**
	 * A task, taken apart.
	 */
	private record TaskMembers(String type, String operator, String destination, List<String> fields,
			Map<String, Object> properties) {

		private static final String FILTER = "Filter";

		private static final String PROJECTION = "PROJECTION";

		boolean isProjection() {
			return type.equals(FILTER) && operator.equals(PROJECTION);
		}

		boolean isSame(TaskMembers other) {
			return isForTheSame(other) && fields.equals(other.fields)
					&& other.properties.entrySet().containsAll(properties.entrySet());
		}

		/** Whether the other one is this one, perhaps changed. */
		boolean isForTheSame(TaskMembers other) {
			return type.equals(other.type) && operator.equals(other.operator) && destination.equals(other.destination)
					&& (type.equals(FILTER) || !destination.isEmpty() || fields.equals(other.fields));
		}

		String text() {
			return "%s %s of %s%s".formatted(type, operator, String.join(", ", fields),
					destination.isEmpty() ? "" : " to " + destination);
		}

	}

}
