package io.profileworkflows.operations.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.operations.BulkAction;
import io.profileworkflows.operations.BulkOperation;
import io.profileworkflows.operations.ItemOutcome;
import io.profileworkflows.operations.OperationItem;
import org.jspecify.annotations.Nullable;

/**
 * A page of the workflows of an operation, those first that were found first.
 */
record OperationItemListView(@JsonProperty("OperationId") String operationId, @JsonProperty("Items") List<Item> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {

	static OperationItemListView of(BulkOperation operation, List<OperationItem> items, @Nullable String nextToken) {
		return new OperationItemListView(operation.id().toString(),
				items.stream().map(item -> Item.of(item, operation.action())).toList(), nextToken);
	}

	/**
	 * One of them.
	 *
	 * @param outcome null where the operation has not come to it
	 * @param message why it was refused
	 * @param retriedAs the workflow that is another try at it
	 */
	record Item(@JsonProperty("WorkflowId") String workflowId,
			@JsonProperty("Outcome") ItemOutcome.@Nullable Kind outcome,
			@JsonProperty("Message") @Nullable String message, @JsonProperty("RetriedAs") @Nullable String retriedAs) {

		static Item of(OperationItem item, BulkAction action) {
			var outcome = item.outcome();
			if (outcome == null) {
				return new Item(item.workflow().toString(), null, null, null);
			}
			var isRefused = outcome.kind() == ItemOutcome.Kind.REFUSED;
			return new Item(item.workflow().toString(), outcome.kind(), isRefused ? outcome.detail() : null,
					(!isRefused && action == BulkAction.RETRY) ? outcome.detail() : null);
		}

	}

}
