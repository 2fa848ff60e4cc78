package io.profileworkflows.simulator;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A flow exactly as somebody wants AppFlow to show it; time changes nothing of it. It
 * stands before the flow that a workflow of the same name made.
 *
 * @param definition as AppFlow writes it; null for that of the workflow, if there is one
 */
public record PlantedFlow(String flowName, String status, @Nullable String statusMessage, String triggerType,
		Instant updatedAt, @Nullable ObjectNode definition, List<SimulatedRun> runs) {

	public static PlantedFlow of(String flowName) {
		return new PlantedFlow(flowName, "Active", null, "Scheduled", Instant.parse("2026-01-01T00:00:00Z"), null,
				List.of());
	}

	public PlantedFlow withStatus(String status, @Nullable String statusMessage) {
		return new PlantedFlow(flowName, status, statusMessage, triggerType, updatedAt, definition, runs);
	}

	public PlantedFlow withTrigger(String triggerType) {
		return new PlantedFlow(flowName, status, statusMessage, triggerType, updatedAt, definition, runs);
	}

	public PlantedFlow withUpdatedAt(Instant updatedAt) {
		return new PlantedFlow(flowName, status, statusMessage, triggerType, updatedAt, definition, runs);
	}

	/** Somebody changed it. */
	public PlantedFlow withDefinition(ObjectNode definition) {
		return new PlantedFlow(flowName, status, statusMessage, triggerType, updatedAt.plusSeconds(60), definition,
				runs);
	}

	/** The latest first. */
	public PlantedFlow withRuns(SimulatedRun... runs) {
		return new PlantedFlow(flowName, status, statusMessage, triggerType, updatedAt, definition, List.of(runs));
	}

}
