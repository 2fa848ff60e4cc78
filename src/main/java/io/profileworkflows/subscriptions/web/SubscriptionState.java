package io.profileworkflows.subscriptions.web;

import io.profileworkflows.subscriptions.Subscription;

/**
 * How the deliveries of a subscription go.
 */
enum SubscriptionState {

	/** The latest delivery went well. */
	ON,
	/** The latest one did not, and is tried again. */
	FAILING,
	/** Nothing is sent. */
	OFF;

	static SubscriptionState of(Subscription subscription) {
		if (!subscription.isOn()) {
			return OFF;
		}
		return (subscription.failures() > 0) ? FAILING : ON;
	}

}
