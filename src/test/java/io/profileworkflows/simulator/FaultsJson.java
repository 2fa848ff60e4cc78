package io.profileworkflows.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.profileworkflows.simulator.Faults.Chance;
import io.profileworkflows.simulator.Faults.Lag;
import io.profileworkflows.simulator.Faults.Plan;
import io.profileworkflows.simulator.Faults.Scripted;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Faults as they are set over HTTP. A misspelt member is refused: a fault that silently
 * does not happen makes a test pass that should not.
 */
final class FaultsJson {

	private static final long USUAL_SEED = 42;

	private FaultsJson() {
	}

	static Plan read(JsonNode json) {
		allowOnly(json, Set.of("Script", "Chances", "Seed", "Lag"));
		var script = elements(json, "Script").stream().map(FaultsJson::scripted).toList();
		var chances = elements(json, "Chances").stream().map(FaultsJson::chance).toList();
		return new Plan(script, chances, lag(json.path("Lag")), json.path("Seed").asLong(USUAL_SEED));
	}

	static ObjectNode write(Plan plan) {
		var json = Json.object();
		var script = json.putArray("Script");
		plan.script()
			.forEach(scripted -> write(script.addObject(), scripted.operation(), scripted.fault()).put("Times",
					scripted.times()));
		var chances = json.putArray("Chances");
		plan.chances()
			.forEach(chance -> write(chances.addObject(), chance.operation(), chance.fault()).put("Probability",
					chance.probability()));
		json.put("Seed", plan.seed());
		json.putObject("Lag")
			.put("List", plan.lag().list().toString())
			.put("Get", plan.lag().get().toString())
			.put("Steps", plan.lag().steps().toString())
			.put("Delete", plan.lag().delete().toString());
		return json;
	}

	private static ObjectNode write(ObjectNode json, @Nullable Operation operation, Fault fault) {
		if (operation != null) {
			json.put("Operation", operation.wireName());
		}
		json.put("Fault", fault.kind().name());
		return fault.delay().isZero() ? json : json.put("Delay", fault.delay().toString());
	}

	private static Scripted scripted(JsonNode json) {
		allowOnly(json, Set.of("Operation", "Fault", "Delay", "Times"));
		return new Scripted(operation(json), fault(json), json.path("Times").asInt(1));
	}

	private static Chance chance(JsonNode json) {
		allowOnly(json, Set.of("Operation", "Fault", "Delay", "Probability"));
		return new Chance(operation(json), fault(json), json.path("Probability").asDouble(0));
	}

	private static @Nullable Operation operation(JsonNode json) {
		return json.has("Operation") ? Operation.of(json.path("Operation").asString("")) : null;
	}

	private static Fault fault(JsonNode json) {
		return new Fault(Fault.Kind.valueOf(json.path("Fault").asString("")), duration(json.path("Delay")));
	}

	private static Lag lag(JsonNode json) {
		if (json.isMissingNode()) {
			return Lag.NONE;
		}
		allowOnly(json, Set.of("List", "Get", "Steps", "Delete"));
		return new Lag(duration(json.path("List")), duration(json.path("Get")), duration(json.path("Steps")),
				duration(json.path("Delete")));
	}

	private static Duration duration(JsonNode json) {
		return json.isMissingNode() ? Duration.ZERO : Duration.parse(json.asString(""));
	}

	private static List<JsonNode> elements(JsonNode json, String member) {
		return json.path(member).valueStream().toList();
	}

	private static void allowOnly(JsonNode json, Set<String> members) {
		for (var name : json.propertyNames()) {
			if (!members.contains(name)) {
				throw new IllegalArgumentException("%s is not known here, only %s".formatted(name, members));
			}
		}
	}

}
