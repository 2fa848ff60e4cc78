package io.profileworkflows.subscriptions.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A page of the deliveries of a subscription, the latest event first.
 */
record DeliveryListView(@JsonProperty("SubscriptionId") String subscriptionId,
		@JsonProperty("Items") List<DeliveryView> items, @JsonProperty("NextToken") @Nullable String nextToken) {
}
