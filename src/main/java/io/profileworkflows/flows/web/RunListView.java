package io.profileworkflows.flows.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.flows.Runs.SeenRun;
import io.profileworkflows.http.EpochSeconds;
import org.jspecify.annotations.Nullable;

/**
 * A page of the runs of a workflow's flow.
 */
record RunListView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Items") List<Item> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {

	record Item(@JsonProperty("ExecutionId") @Nullable String executionId,
			@JsonProperty("Status") @Nullable String status, @JsonProperty("StartedAt") @Nullable BigDecimal startedAt,
			@JsonProperty("EndedAt") @Nullable BigDecimal endedAt,
			@JsonProperty("RecordsProcessed") @Nullable Long recordsProcessed,
			@JsonProperty("RecordsRefused") long recordsRefused, @JsonProperty("Message") @Nullable String message) {

		static Item of(SeenRun seen) {
			var run = seen.run();
			return new Item(run.executionId(), run.status(), EpochSeconds.ofNullable(run.startedAt()),
					EpochSeconds.ofNullable(run.endedAt()), run.recordsProcessed(), seen.recordsRefused(),
					run.message());
		}

	}

}
