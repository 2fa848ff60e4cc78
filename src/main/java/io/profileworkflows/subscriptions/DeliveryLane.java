package io.profileworkflows.subscriptions;

import java.util.Map;

import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;

/**
 * A kind of deliveries with slots of its own.
 *
 * @param slow whether it is for subscribers that take long to answer
 */
record DeliveryLane(String kind, boolean slow, int slots, DeliveryWorker worker) implements WorkHandler {

	@Override
	public Map<String, String> about(Work work) {
		return Map.of("subscription", Subscription.wireId(DeliveryWork.subscriptionIn(work.subject())));
	}

	@Override
	public Result handle(Work work) {
		return worker.deliver(work, slow);
	}

}
