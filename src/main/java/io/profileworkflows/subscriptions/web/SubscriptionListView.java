package io.profileworkflows.subscriptions.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A page of subscriptions.
 */
record SubscriptionListView(@JsonProperty("Items") List<SubscriptionView> items,
		@JsonProperty("NextToken") @Nullable String nextToken) {
}
