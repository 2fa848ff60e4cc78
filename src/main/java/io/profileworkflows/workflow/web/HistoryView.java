package io.profileworkflows.workflow.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import org.jspecify.annotations.Nullable;

/**
 * The history of a workflow, oldest first.
 */
public record HistoryView(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Items") List<Item> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {

	public record Item(@JsonProperty("At") BigDecimal at, @JsonProperty("FromPhase") @Nullable Phase fromPhase,
			@JsonProperty("ToPhase") Phase toPhase, @JsonProperty("Status") Status status,
			@JsonProperty("Reason") String reason, @JsonProperty("Actor") String actor,
			@JsonProperty("Attempt") @Nullable Integer attempt, @JsonProperty("RequestId") @Nullable String requestId) {

		public static Item of(HistoryEntry entry) {
			return new Item(EpochSeconds.of(entry.at()), entry.fromPhase(), entry.toPhase(), entry.status(),
					entry.reason(), entry.actor(), entry.attempt(), entry.requestId());
		}

	}

}
