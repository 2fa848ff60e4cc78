package io.profileworkflows.subscriptions.web;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.profileworkflows.http.EpochSeconds;
import io.profileworkflows.subscriptions.EventFormat;
import io.profileworkflows.subscriptions.Subscription;
import io.profileworkflows.subscriptions.Subscriptions.WithSecret;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is shown. Its secret is told once, to those who made it.
 */
record SubscriptionView(@JsonProperty("SubscriptionId") String subscriptionId, @JsonProperty("Name") String name,
		@JsonProperty("Url") String url, @JsonProperty("Events") List<String> events,
		@JsonProperty("Domains") List<String> domains, @JsonProperty("Format") EventFormat format,
		@JsonProperty("State") SubscriptionState state, @JsonProperty("FailingSince") @Nullable BigDecimal failingSince,
		@JsonProperty("OffSince") @Nullable BigDecimal offSince, @JsonProperty("Reason") @Nullable String reason,
		@JsonProperty("CreatedBy") String createdBy, @JsonProperty("CreatedAt") BigDecimal createdAt,
		@JsonProperty("RightsUntil") @Nullable BigDecimal rightsUntil,
		@JsonProperty("Secret") @Nullable String secret) {

	static SubscriptionView of(Subscription subscription) {
		return of(subscription, null);
	}

	static SubscriptionView of(WithSecret told) {
		return of(told.subscription(), told.secret());
	}

	private static SubscriptionView of(Subscription subscription, @Nullable String secret) {
		return new SubscriptionView(subscription.wireId(), subscription.name(), subscription.url(),
				subscription.types(), subscription.domains(), subscription.format(), SubscriptionState.of(subscription),
				EpochSeconds.ofNullable(subscription.failingSince()), EpochSeconds.ofNullable(subscription.offSince()),
				subscription.offReason(), subscription.createdBy(), EpochSeconds.of(subscription.createdAt()),
				(subscription.tokenRights() != null) ? EpochSeconds.of(subscription.tokenRights().until()) : null,
				secret);
	}

}
