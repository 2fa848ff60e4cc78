package io.profileworkflows.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What exists in the simulated account. Each change is in the state file before anybody
 * is told of it.
 */
final class Account {

	private final SimulatorSettings settings;

	private final CallLog calls;

	private final @Nullable StateFile stateFile;

	private final Map<String, CreatedWorkflow> workflows = new LinkedHashMap<>();

	private final Map<String, Pin> pins = new HashMap<>();

	private final Map<String, Map<String, String>> tags = new HashMap<>();

	/** When they are deleted. A restart forgets it, as if nobody had asked. */
	private final Map<String, Instant> leaving = new HashMap<>();

	/*
	 * Who holds a FlowName. A workflow that failed because its name was taken made no
	 * flow, so it never holds one.
	 */
	private final Map<String, String> holders = new HashMap<>();

	/** By FlowName. */
	private final Map<String, Flows.Happened> troubles = new HashMap<>();

	/** Runs on demand, by FlowName: when, by their client token. */
	private final Map<String, Map<String, Instant>> starts = new HashMap<>();

	private long sequence;

	private int duplicates;

	Account(SimulatorSettings settings, CallLog calls, @Nullable StateFile stateFile) {
		this.settings = settings;
		this.calls = calls;
		this.stateFile = stateFile;
		if (stateFile != null) {
			stateFile.replay(this::apply);
		}
	}

	synchronized CreatedWorkflow create(String domainName, JsonNode request, boolean planted,
			@Nullable Instant createdAt) {
		removeWhatIsDueToLeave();
		var flowName = Json.text(request.at("/IntegrationConfig/AppflowIntegration/FlowDefinition/FlowName"));
		var workflow = new CreatedWorkflow(UUID.randomUUID().toString().replace("-", ""), sequence + 1, domainName,
				createdAt == null ? now() : createdAt.truncatedTo(ChronoUnit.MILLIS), request, planted,
				holders.get(flowName));
		change("Created", event -> event.set("Workflow", workflow.toJson()));
		return workflow;
	}

	synchronized void delete(String domainName, String workflowId, Duration lag) {
		require(domainName, workflowId);
		if (leaving.containsKey(workflowId)) {
			throw Refusal.badRequest("Workflow %s is being deleted".formatted(workflowId));
		}
		if (lag.isZero()) {
			remove(List.of(workflowId));
		}
		else {
			leaving.put(workflowId, now().plus(lag));
		}
	}

	private void remove(Collection<String> workflowIds) {
		workflowIds.forEach(id -> change("Deleted", event -> event.put("WorkflowId", id)));
	}

	private void removeWhatIsDueToLeave() {
		remove(leaving.entrySet().stream().filter(left -> !left.getValue().isAfter(now())).map(Entry::getKey).toList());
	}

	synchronized void pin(String workflowId, String status, @Nullable String description) {
		if (!workflows.containsKey(workflowId)) {
			throw Refusal.notFound("There is no workflow %s".formatted(workflowId));
		}
		change("Pinned", event -> {
			event.put("WorkflowId", workflowId);
			event.set("Pin", new Pin(status, description, now()).toJson());
		});
	}

	synchronized void trouble(String flowName, Trouble trouble) {
		change("Troubled", event -> event.put("FlowName", flowName).put("Trouble", trouble.name()));
	}

	synchronized void mend(String flowName) {
		change("Mended", event -> event.put("FlowName", flowName));
	}

	/** Runs a flow once, and only once for a token. */
	synchronized String start(String flowName, @Nullable String token) {
		var name = (token != null) ? token : UUID.randomUUID().toString();
		if (!starts.getOrDefault(flowName, Map.of()).containsKey(name)) {
			change("Started", event -> event.put("FlowName", flowName).put("Token", name));
		}
		return UUID.nameUUIDFromBytes((flowName + name).getBytes(StandardCharsets.UTF_8)).toString();
	}

	synchronized Flows.@Nullable Happened troubleOf(String flowName) {
		return troubles.get(flowName);
	}

	synchronized List<Instant> startsOf(String flowName) {
		return List.copyOf(starts.getOrDefault(flowName, Map.of()).values());
	}

	synchronized void tag(String arn, JsonNode added) {
		change("Tagged", event -> {
			event.put("Arn", arn);
			event.set("Tags", added);
		});
	}

	synchronized void untag(String arn, List<String> keys) {
		change("Untagged", event -> {
			event.put("Arn", arn);
			var removed = event.putArray("TagKeys");
			keys.forEach(removed::add);
		});
	}

	synchronized Map<String, String> tagsOf(String arn) {
		return Map.copyOf(tags.getOrDefault(arn, Map.of()));
	}

	synchronized Optional<CreatedWorkflow> find(String domainName, String workflowId) {
		removeWhatIsDueToLeave();
		return Optional.ofNullable(workflows.get(workflowId))
			.filter(workflow -> workflow.domainName().equals(domainName));
	}

	CreatedWorkflow require(String domainName, String workflowId) {
		return find(domainName, workflowId).orElseThrow(
				() -> Refusal.notFound("Workflow %s does not exist in domain %s".formatted(workflowId, domainName)));
	}

	/** The latest first, as ListWorkflows shows them. */
	synchronized List<CreatedWorkflow> latestFirst() {
		removeWhatIsDueToLeave();
		var sorted = new ArrayList<>(workflows.values());
		sorted
			.sort(Comparator.comparing(CreatedWorkflow::createdAt).thenComparing(CreatedWorkflow::sequence).reversed());
		return sorted;
	}

	synchronized Progress progressOf(CreatedWorkflow workflow) {
		return Progress.of(workflow, pins.get(workflow.workflowId()), settings, now());
	}

	SimulatedWorkflow show(CreatedWorkflow workflow) {
		var progress = progressOf(workflow);
		return new SimulatedWorkflow(workflow.workflowId(), workflow.domainName(), workflow.flowName(),
				progress.status(), progress.errorDescription(), workflow.createdAt(), progress.lastUpdatedAt(),
				workflow.objectTypeName(), workflow.roleArn(), workflow.connectorType(),
				workflow.connectorProfileName(), tagsOf(arnOf(workflow)), arnOf(workflow), workflow.planted(),
				workflow.duplicateOf());
	}

	String arnOf(CreatedWorkflow workflow) {
		return "arn:aws:profile:%s:%s:domains/%s/workflows/%s".formatted(settings.region(), settings.accountId(),
				workflow.domainName(), workflow.workflowId());
	}

	synchronized int duplicates() {
		return duplicates;
	}

	synchronized void clear() {
		if (stateFile != null) {
			stateFile.clear();
		}
		workflows.clear();
		pins.clear();
		tags.clear();
		holders.clear();
		leaving.clear();
		troubles.clear();
		starts.clear();
		sequence = 0;
		duplicates = 0;
	}

	Instant now() {
		return settings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private void change(String kind, Consumer<ObjectNode> details) {
		var event = Json.object().put("Event", kind).put("At", Json.timestamp(now()));
		details.accept(event);
		if (stateFile != null) {
			stateFile.append(event);
		}
		apply(event);
	}

	private void apply(JsonNode event) {
		var workflowId = Json.text(event.path("WorkflowId"));
		var arn = Json.text(event.path("Arn"));
		var flowName = Json.text(event.path("FlowName"));
		var at = event.path("At").isNumber() ? Json.instant(event.path("At")) : Instant.EPOCH;
		switch (Json.text(event.path("Event"))) {
			case "Created" -> add(CreatedWorkflow.of(event.path("Workflow")));
			case "Deleted" -> remove(workflowId);
			case "Pinned" -> pins.put(workflowId, Pin.of(event.path("Pin")));
			case "Troubled" ->
				troubles.put(flowName, new Flows.Happened(Trouble.valueOf(Json.text(event.path("Trouble"))), at));
			case "Mended" -> troubles.remove(flowName);
			case "Started" ->
				starts.computeIfAbsent(flowName, _ -> new LinkedHashMap<>()).put(Json.text(event.path("Token")), at);
			case "Tagged" -> addTags(arn, event.path("Tags"));
			case "Untagged" ->
				event.path("TagKeys").forEach(key -> tags.getOrDefault(arn, new TreeMap<>()).remove(Json.text(key)));
			case String unknown -> throw new IllegalStateException("The state file holds an unknown event " + unknown);
		}
	}

	private void add(CreatedWorkflow workflow) {
		workflows.put(workflow.workflowId(), workflow);
		sequence = Math.max(sequence, workflow.sequence());
		addTags(arnOf(workflow), workflow.request().path("Tags"));
		if (workflow.duplicateOf() == null) {
			holders.put(workflow.flowName(), workflow.workflowId());
		}
		else {
			duplicates++;
		}
		if (!workflow.planted()) {
			calls.made(workflow.flowName());
		}
	}

	private void addTags(String arn, JsonNode added) {
		var known = tags.computeIfAbsent(arn, _ -> new TreeMap<>());
		added.properties().forEach(tag -> known.put(tag.getKey(), Json.text(tag.getValue())));
	}

	private void remove(String workflowId) {
		var removed = workflows.remove(workflowId);
		if (removed != null) {
			tags.remove(arnOf(removed));
			pins.remove(workflowId);
			leaving.remove(workflowId);
			holders.remove(removed.flowName(), workflowId);
			troubles.remove(removed.flowName());
			starts.remove(removed.flowName());
		}
	}

}
