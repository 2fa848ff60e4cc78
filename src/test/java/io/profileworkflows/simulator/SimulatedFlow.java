package io.profileworkflows.simulator;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A flow of the simulated AppFlow at one moment.
 *
 * @param definition its members as AppFlow writes them
 * @param runs the latest first
 */
public record SimulatedFlow(String flowName, String status, @Nullable String statusMessage, String triggerType,
		Instant createdAt, Instant updatedAt, ObjectNode definition, List<SimulatedRun> runs,
		@Nullable Trouble trouble) {

	ObjectNode toListItem() {
		var json = Json.object()
			.put("flowName", flowName)
			.put("flowStatus", status)
			.put("destinationConnectorType", "CustomerProfiles")
			.put("triggerType", triggerType)
			.put("createdAt", Json.timestamp(createdAt))
			.put("lastUpdatedAt", Json.timestamp(updatedAt));
		addLastRun(json);
		return json;
	}

	ObjectNode toDescription() {
		var json = definition.deepCopy();
		json.put("flowName", flowName).put("flowStatus", status);
		if (statusMessage != null) {
			json.put("flowStatusMessage", statusMessage);
		}
		json.put("createdAt", Json.timestamp(createdAt)).put("lastUpdatedAt", Json.timestamp(updatedAt));
		addLastRun(json);
		return json;
	}

	private void addLastRun(ObjectNode json) {
		if (runs.isEmpty()) {
			return;
		}
		var run = runs.getFirst();
		var details = json.putObject("lastRunExecutionDetails")
			.put("mostRecentExecutionStatus", run.status())
			.put("mostRecentExecutionTime", Json.timestamp(run.startedAt()));
		if (run.message() != null) {
			details.put("mostRecentExecutionMessage", run.message());
		}
	}

}
