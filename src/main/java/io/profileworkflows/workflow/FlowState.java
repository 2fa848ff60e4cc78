package io.profileworkflows.workflow;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The flow of a workflow as it is shown.
 *
 * @param flowName as AppFlow has it, which may go on where the FlowName asked for ends
 * @param status AppFlow's word for it
 * @param reasons all that apply, the worst first
 */
public record FlowState(String flowName, @Nullable String status, FlowHealth health, List<String> reasons,
		@Nullable LastRun lastRun, @Nullable Instant nextRunDue) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	public FlowState {
		reasons = List.copyOf(reasons);
	}

	public static FlowState read(String json) {
		return JSON.readValue(json, FlowState.class);
	}

	String write() {
		return JSON.writeValueAsString(this);
	}

	/**
	 * The latest run.
	 *
	 * @param status AppFlow's word for it
	 */
	public record LastRun(@Nullable String executionId, @Nullable String status, @Nullable Instant startedAt,
			@Nullable Instant endedAt, @Nullable Long recordsProcessed, @Nullable String message) {
	}

}
