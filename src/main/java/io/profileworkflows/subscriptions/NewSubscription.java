package io.profileworkflows.subscriptions;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request for a subscription.
 *
 * @param types null for all
 * @param domains null for all that the caller may subscribe to
 * @param format null for that of Standard Webhooks
 */
public record NewSubscription(String name, String url, @Nullable List<String> types, @Nullable List<String> domains,
		@Nullable EventFormat format) {
}
