package io.profileworkflows.operations.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.operations.BulkAction;
import io.profileworkflows.operations.BulkOperation;
import io.profileworkflows.operations.OperationState;
import io.profileworkflows.operations.RefusedItem;
import org.jspecify.annotations.Nullable;

/**
 * How far an action on many workflows is.
 */
public record OperationView(@JsonProperty("OperationId") String operationId, @JsonProperty("Action") BulkAction action,
		@JsonProperty("State") OperationState state, @JsonProperty("RequestedBy") String requestedBy,
		@JsonProperty("Filter") String filter, @JsonProperty("Total") int total, @JsonProperty("Pending") int pending,
		@JsonProperty("Done") int done, @JsonProperty("Unchanged") int unchanged, @JsonProperty("Refused") int refused,
		@JsonProperty("CreatedAt") BigDecimal createdAt, @JsonProperty("EndedAt") @Nullable BigDecimal endedAt,
		@JsonProperty("Refusals") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refusal> refusals) {

	static OperationView of(BulkOperation operation) {
		return of(operation, List.of());
	}

	static OperationView of(BulkOperation operation, List<RefusedItem> refused) {
		return new OperationView(operation.id().toString(), operation.action(), operation.state(),
				operation.requestedBy(), operation.filter(), operation.total(), operation.pending(), operation.done(),
				operation.unchanged(), operation.refused(), EpochSeconds.of(operation.createdAt()),
				EpochSeconds.ofNullable(operation.endedAt()),
				refused.stream().map(item -> new Refusal(item.workflow().toString(), item.message())).toList());
	}

	/**
	 * A workflow with which it could not be done, and why.
	 */
	public record Refusal(@JsonProperty("WorkflowId") String workflowId, @JsonProperty("Message") String message) {
	}

}
