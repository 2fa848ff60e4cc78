package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * How the flow of a complete workflow is.
 */
record FlowView(@JsonProperty("FlowName") String flowName, @JsonProperty("Status") @Nullable String status,
		@JsonProperty("Health") FlowHealth health, @JsonProperty("Reasons") List<String> reasons,
		@JsonProperty("LastRun") @Nullable LastRun lastRun, @JsonProperty("NextRunDue") @Nullable BigDecimal nextRunDue,
		@JsonProperty("CheckedAt") @Nullable BigDecimal checkedAt) {

	static @Nullable FlowView of(Workflow workflow) {
		var flow = workflow.flow();
		return (flow == null) ? null
				: new FlowView(flow.flowName(), flow.status(), flow.health(), flow.reasons(),
						LastRun.of(flow.lastRun()), EpochSeconds.ofNullable(flow.nextRunDue()),
						EpochSeconds.ofNullable(workflow.flowCheckedAt()));
	}

	record LastRun(@JsonProperty("ExecutionId") @Nullable String executionId,
			@JsonProperty("Status") @Nullable String status, @JsonProperty("StartedAt") @Nullable BigDecimal startedAt,
			@JsonProperty("EndedAt") @Nullable BigDecimal endedAt,
			@JsonProperty("RecordsProcessed") @Nullable Long recordsProcessed,
			@JsonProperty("Message") @Nullable String message) {

		static @Nullable LastRun of(FlowState.@Nullable LastRun run) {
			return (run == null) ? null
					: new LastRun(run.executionId(), run.status(), EpochSeconds.ofNullable(run.startedAt()),
							EpochSeconds.ofNullable(run.endedAt()), run.recordsProcessed(), run.message());
		}

	}

}
