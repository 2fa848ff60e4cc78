package io.profileworkflows.subscriptions;

/**
 * The request cannot be carried out in the current state.
 */
public class SubscriptionRefused extends RuntimeException {

	SubscriptionRefused(String why) {
		super(why);
	}

}
