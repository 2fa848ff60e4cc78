package io.profileworkflows.operations.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A page of operations, the latest first.
 */
public record OperationListView(@JsonProperty("Items") List<OperationView> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {
}
