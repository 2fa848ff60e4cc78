package io.profileworkflows.subscriptions;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a subscription.
 *
 * @param number of the event, in the order in which events were written
 * @param key names the event on the wire, however often it is sent
 * @param data JSON as it was when the event was written
 * @param attempts so far
 */
record DueDelivery(long number, UUID key, String type, Instant at, @Nullable String domainName, @Nullable UUID workflow,
		String data, int attempts) {

	static String wireId(UUID key) {
		return "evt_" + Subscription.wireId(key);
	}

	String wireId() {
		return wireId(key);
	}

}
