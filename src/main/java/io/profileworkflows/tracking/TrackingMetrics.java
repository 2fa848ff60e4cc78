package io.profileworkflows.tracking;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.profileworkflows.database.Sampled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How old what is known of running workflows may be. A sweep that keeps failing is put
 * off each time, so that no work is ever overdue: the outbox does not show it.
 */
@Component
class TrackingMetrics {

	private static final Logger log = LoggerFactory.getLogger(TrackingMetrics.class);

	private final Sampled<Duration> staleness;

	TrackingMetrics(SweepTimes times, MeterRegistry registry) {
		staleness = new Sampled<>(log, "Reading the times of sweeps", Duration.ZERO, times::longestUnseen);
		TimeGauge.builder("tracking.staleness", () -> staleness.get().toMillis(), TimeUnit.MILLISECONDS)
			.description("Time since the last sweep of the domain whose running workflows were seen longest ago")
			.register(registry);
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void measure() {
		staleness.read();
	}

}
