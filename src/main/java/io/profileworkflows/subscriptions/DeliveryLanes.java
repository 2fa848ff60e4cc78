package io.profileworkflows.subscriptions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The two lanes of deliveries: subscribers that take long to answer have one of their
 * own.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryLanes {

	@Bean
	DeliveryLane deliveryLane(DeliveryWorker worker, EventsSettings settings) {
		return new DeliveryLane(DeliveryWork.KIND, false, settings.slots(), worker);
	}

	@Bean
	DeliveryLane slowDeliveryLane(DeliveryWorker worker, EventsSettings settings) {
		return new DeliveryLane(DeliveryWork.SLOW_KIND, true, settings.slots(), worker);
	}

}
