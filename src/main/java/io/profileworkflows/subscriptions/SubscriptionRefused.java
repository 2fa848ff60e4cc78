package io.profileworkflows.subscriptions;

/**
 * What is asked for cannot be done with things as they are.
 */
public class SubscriptionRefused extends RuntimeException {

	SubscriptionRefused(String why) {
		super(why);
	}

}
