package io.profileworkflows.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The flows that complete workflows made: a function of time and of what went wrong. A
 * scheduled flow runs by its rate, a minute of which passes in a second.
 */
final class Flows {

	private static final Pattern RATE = Pattern.compile("rate\\((\\d+) *(minute|hour|day|week|month)s?\\)");

	private static final Map<String, Integer> MINUTES = Map.of("minute", 1, "hour", 60, "day", 1_440, "week", 10_080,
			"month", 43_200);

	private static final Set<String> OF_UNIONS = Set.of("Salesforce", "Marketo", "S3", "ServiceNow", "Zendesk",
			"Scheduled");

	private static final Duration SHORTEST = Duration.ofSeconds(5);

	/** Of a cron expression, and of events. */
	private static final Duration USUAL = Duration.ofSeconds(60);

	private static final Duration RUNS_FOR = Duration.ofSeconds(2);

	/** Longer ago than twice any interval somebody tries. */
	private static final Duration LONG_AGO = Duration.ofDays(100);

	private static final int MOST_RUNS = 250;

	private static final long RECORDS = 100;

	private final Account account;

	private final Map<String, PlantedFlow> planted = new HashMap<>();

	Flows(Account account) {
		this.account = account;
	}

	synchronized void plant(PlantedFlow flow) {
		planted.put(flow.flowName(), flow);
	}

	synchronized void clear() {
		planted.clear();
	}

	/** By their names. */
	synchronized List<SimulatedFlow> all() {
		var flows = new TreeMap<String, SimulatedFlow>();
		for (var workflow : account.latestFirst()) {
			var progress = account.progressOf(workflow);
			if (workflow.duplicateOf() == null && progress.status().equals("COMPLETE")) {
				made(workflow, progress.lastUpdatedAt()).ifPresent(flow -> flows.put(flow.flowName(), flow));
			}
		}
		planted.values().forEach(flow -> flows.put(flow.flowName(), show(flow, flows.get(flow.flowName()))));
		return List.copyOf(flows.values());
	}

	SimulatedFlow require(String flowName) {
		return all().stream()
			.filter(flow -> flow.flowName().equals(flowName))
			.findFirst()
			.orElseThrow(() -> Refusal.notFound("Flow %s does not exist".formatted(flowName)));
	}

	private static SimulatedFlow show(PlantedFlow flow, @Nullable SimulatedFlow made) {
		var definition = (flow.definition() != null) ? flow.definition()
				: (made != null) ? made.definition() : Json.object();
		return new SimulatedFlow(flow.flowName(), flow.status(), flow.statusMessage(), flow.triggerType(),
				flow.updatedAt(), flow.updatedAt(), definition, flow.runs(), null);
	}

	private Optional<SimulatedFlow> made(CreatedWorkflow workflow, Instant madeAt) {
		var trouble = account.troubleOf(workflow.flowName());
		if (trouble != null && trouble.kind() == Trouble.GONE) {
			return Optional.empty();
		}
		var definition = (ObjectNode) uncapitalized(
				workflow.request().at("/IntegrationConfig/AppflowIntegration/FlowDefinition"));
		var triggerType = Json.text(definition.at("/triggerConfig/triggerType"));
		var runs = runs(workflow.flowName(), triggerType, definition, madeAt, trouble);
		var changed = (trouble != null && trouble.kind() == Trouble.DRIFTED) ? drifted(definition) : definition;
		return Optional.of(new SimulatedFlow(workflow.flowName(),
				(trouble != null) ? trouble.kind().status() : "Active", messageOf(trouble), triggerType, madeAt,
				(trouble != null) ? trouble.at() : madeAt, changed, runs, (trouble != null) ? trouble.kind() : null));
	}

	private static @Nullable String messageOf(@Nullable Happened trouble) {
		return (trouble == null) ? null : switch (trouble.kind()) {
			case SUSPENDED -> "The flow was deactivated because its runs failed repeatedly";
			case ERRORED -> "The connector is not available";
			default -> null;
		};
	}

	private List<SimulatedRun> runs(String flowName, String triggerType, JsonNode definition, Instant madeAt,
			@Nullable Happened trouble) {
		var until = (trouble != null && trouble.kind().stopsRuns()) ? trouble.at() : account.now();
		var starts = new ArrayList<>(account.startsOf(flowName));
		if (trouble == null || trouble.kind() != Trouble.DRAFT) {
			starts.addAll(scheduled(triggerType, definition, madeAt, until));
		}
		return starts.stream()
			.sorted(Comparator.reverseOrder())
			.limit(MOST_RUNS)
			.map(start -> run(flowName, start, trouble))
			.toList();
	}

	private static List<Instant> scheduled(String triggerType, JsonNode definition, Instant madeAt, Instant until) {
		if (triggerType.equals("OnDemand")) {
			return List.of();
		}
		var interval = interval(
				Json.text(definition.at("/triggerConfig/triggerProperties/Scheduled/scheduleExpression")));
		var last = Duration.between(madeAt, until).toMillis() / interval.toMillis();
		return LongStream.rangeClosed(Math.max(0, last - MOST_RUNS), last)
			.mapToObj(number -> madeAt.plus(interval.multipliedBy(number)))
			.toList();
	}

	private static Duration interval(String expression) {
		var rate = RATE.matcher(expression);
		if (!rate.matches()) {
			return USUAL;
		}
		var quick = Duration.ofSeconds(Long.parseLong(rate.group(1)) * MINUTES.get(rate.group(2)));
		return (quick.compareTo(SHORTEST) < 0) ? SHORTEST : quick;
	}

	private SimulatedRun run(String flowName, Instant start, @Nullable Happened trouble) {
		var id = UUID.nameUUIDFromBytes((flowName + start).getBytes(StandardCharsets.UTF_8)).toString();
		var kind = (trouble != null && !start.isBefore(trouble.at())) ? trouble.kind() : null;
		if (trouble != null && trouble.kind() == Trouble.LATE) {
			return SimulatedRun.successful(id, start.minus(LONG_AGO), RECORDS);
		}
		if (account.now().isBefore(start.plus(RUNS_FOR))) {
			return new SimulatedRun(id, "InProgress", start, start, 0, 0, null);
		}
		var end = start.plus(RUNS_FOR);
		if (kind == Trouble.FAILING) {
			return new SimulatedRun(id, "Error", start, end, 0, 0,
					"The refresh token of the connection has expired or was revoked");
		}
		return new SimulatedRun(id, "Successful", start, end, (kind == Trouble.EMPTY) ? 0 : RECORDS,
				(kind == Trouble.REFUSING) ? 12 : 0,
				(kind == Trouble.REFUSING) ? "Records do not fit the object type" : null);
	}

	/** Another schedule, and a task less. */
	private static ObjectNode drifted(ObjectNode definition) {
		var changed = definition.deepCopy();
		if (changed.at("/triggerConfig/triggerProperties/Scheduled") instanceof ObjectNode schedule) {
			schedule.put("scheduleExpression", "rate(7days)");
		}
		if (changed.path("tasks") instanceof ArrayNode tasks && !tasks.isEmpty()) {
			tasks.remove(tasks.size() - 1);
		}
		return changed;
	}

	/** AppFlow begins the names of members in lower case. */
	static JsonNode uncapitalized(JsonNode node) {
		if (node.isObject()) {
			var copy = Json.object();
			node.properties()
				.forEach(member -> copy.set(uncapitalized(member.getKey()), uncapitalized(member.getValue())));
			return copy;
		}
		if (node.isArray()) {
			var copy = Json.MAPPER.createArrayNode();
			node.forEach(element -> copy.add(uncapitalized(element)));
			return copy;
		}
		return node;
	}

	/**
	 * Keys of a map, such as DATA_TYPE, stay as they are, and so do the members of
	 * unions.
	 */
	private static String uncapitalized(String name) {
		var isKey = name.length() > 2 && name.equals(name.toUpperCase(Locale.ROOT));
		return isKey || OF_UNIONS.contains(name) ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
	}

	/**
	 * What went wrong with a flow, and since when.
	 */
	record Happened(Trouble kind, Instant at) {
	}

}
