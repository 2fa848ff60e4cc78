package io.profileworkflows.flows;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.profileworkflows.database.Sampled;
import io.profileworkflows.workflow.FlowHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How the flows are, and how old that knowledge is.
 */
@Component
class FlowMetrics {

	private static final Logger log = LoggerFactory.getLogger(FlowMetrics.class);

	private final Sampled<Map<FlowHealth, Long>> counts;

	private final Sampled<Duration> staleness;

	FlowMetrics(FollowedFlows flows, MeterRegistry registry, Clock clock) {
		counts = new Sampled<>(log, "Counting the flows", Map.of(), flows::count);
		staleness = new Sampled<>(log, "Reading the time of the last sweep", Duration.ZERO,
				() -> flows.sinceSweep(clock.instant()).orElse(Duration.ZERO));
		for (var health : FlowHealth.values()) {
			Gauge.builder("flows", () -> counts.get().getOrDefault(health, 0L))
				.description("How the flows of complete workflows are at AppFlow")
				.tag("health", health.name())
				.register(registry);
		}
		TimeGauge.builder("flows.staleness", () -> staleness.get().toMillis(), TimeUnit.MILLISECONDS)
			.description("Time since all flows were last listed at AppFlow")
			.register(registry);
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void measure() {
		counts.read();
		staleness.read();
	}

}
