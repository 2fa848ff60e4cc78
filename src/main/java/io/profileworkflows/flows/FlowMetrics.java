package io.profileworkflows.flows;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.profileworkflows.workflow.FlowHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How the flows are, and how old that knowledge is.
 */
@Component
class FlowMetrics {

	private static final Logger log = LoggerFactory.getLogger(FlowMetrics.class);

	private final FollowedFlows flows;

	private final Clock clock;

	private volatile Map<FlowHealth, Long> counts = Map.of();

	private volatile Duration staleness = Duration.ZERO;

	FlowMetrics(FollowedFlows flows, MeterRegistry registry, Clock clock) {
		this.flows = flows;
		this.clock = clock;
		for (var health : FlowHealth.values()) {
			Gauge.builder("flows", () -> counts.getOrDefault(health, 0L))
				.description("How the flows of complete workflows are at AppFlow")
				.tag("health", health.name())
				.register(registry);
		}
		TimeGauge.builder("flows.staleness", () -> staleness.toMillis(), TimeUnit.MILLISECONDS)
			.description("Time since all flows were last listed at AppFlow")
			.register(registry);
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void measure() {
		try {
			counts = flows.count();
			staleness = flows.sinceSweep(clock.instant()).orElse(Duration.ZERO);
		}
		catch (DataAccessException | TransactionException away) {
			log.warn("The flows could not be counted: {}", away.getMessage());
		}
	}

}
