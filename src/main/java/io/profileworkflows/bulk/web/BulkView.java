package io.profileworkflows.bulk.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.workflow.web.DryRunView.BatchView;
import org.jspecify.annotations.Nullable;

/**
 * What came of many requests, in their order.
 *
 * @param accepted how many have a workflow that was made for them; in a dry run, how many
 * would be accepted
 * @param batches in a dry run, those that requests get that have none
 */
record BulkView(@JsonProperty("Accepted") int accepted, @JsonProperty("Replayed") int replayed,
		@JsonProperty("Refused") int refused, @JsonProperty("Items") List<BulkItemView> items,
		@JsonProperty("Batches") @Nullable List<BatchView> batches) {
}
