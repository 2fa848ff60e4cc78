package io.profileworkflows.subscriptions;

/**
 * There is no such subscription or delivery, or none that the caller may see.
 */
public class SubscriptionNotFound extends RuntimeException {

	SubscriptionNotFound(String what) {
		super(what + " does not exist");
	}

}
