package io.profileworkflows.subscriptions;

import java.time.Clock;

import io.profileworkflows.outbox.Outbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two lanes of deliveries.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryLanes {

	@Bean
	DeliveryWorker deliveryWorker(Subscriptions subscriptions, Deliveries deliveries, DeliveryWork work,
			Targets targets, Outbox outbox, TransactionTemplate transaction, EventMetrics metrics,
			EventsSettings settings, Clock clock) {
		return new DeliveryWorker(false, subscriptions, deliveries, work, targets, outbox, transaction, metrics,
				settings, clock);
	}

	@Bean
	DeliveryWorker slowDeliveryWorker(Subscriptions subscriptions, Deliveries deliveries, DeliveryWork work,
			Targets targets, Outbox outbox, TransactionTemplate transaction, EventMetrics metrics,
			EventsSettings settings, Clock clock) {
		return new DeliveryWorker(true, subscriptions, deliveries, work, targets, outbox, transaction, metrics,
				settings, clock);
	}

}
