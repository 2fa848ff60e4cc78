package io.profileworkflows.customerprofiles;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * Shows how much AWS allows, so that others can tell what part of it is used.
 */
@Component
class QuotaMetrics implements MeterBinder {

	private final UpstreamSettings settings;

	QuotaMetrics(UpstreamSettings settings) {
		this.settings = settings;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("upstream.quota", settings, UpstreamSettings::requestsPerSecond)
			.description("Calls a second that AWS allows for each operation, by all replicas together")
			.register(registry);
	}

}
