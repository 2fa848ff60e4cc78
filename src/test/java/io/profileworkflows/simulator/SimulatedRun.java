package io.profileworkflows.simulator;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of a flow.
 */
public record SimulatedRun(String executionId, String status, Instant startedAt, Instant updatedAt, long processed,
		long refused, @Nullable String message) {

	public static SimulatedRun successful(String executionId, Instant startedAt, long processed) {
		return new SimulatedRun(executionId, "Successful", startedAt, startedAt.plusSeconds(30), processed, 0, null);
	}

	public static SimulatedRun failed(String executionId, Instant startedAt, String message) {
		return new SimulatedRun(executionId, "Error", startedAt, startedAt.plusSeconds(30), 0, 0, message);
	}

	public SimulatedRun withStatus(String status) {
		return new SimulatedRun(executionId, status, startedAt, updatedAt, processed, refused, message);
	}

	public SimulatedRun withRefused(long refused) {
		return new SimulatedRun(executionId, status, startedAt, updatedAt, processed, refused, message);
	}

	ObjectNode toJson() {
		var json = Json.object()
			.put("executionId", executionId)
			.put("executionStatus", status)
			.put("startedAt", Json.timestamp(startedAt))
			.put("lastUpdatedAt", Json.timestamp(updatedAt));
		var result = json.putObject("executionResult")
			.put("recordsProcessed", processed)
			.put("bytesProcessed", processed * 100)
			.put("bytesWritten", (processed - refused) * 100);
		if (refused > 0 || message != null) {
			result.putObject("errorInfo").put("putFailuresCount", refused).put("executionMessage", message);
		}
		return json;
	}

}
