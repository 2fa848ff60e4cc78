package io.profileworkflows.tracking;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How old what is known of running workflows may be. A sweep that keeps failing is put
 * off each time, so that no work is ever overdue: the outbox does not show it.
 */
@Component
class TrackingMetrics {

	private static final Logger log = LoggerFactory.getLogger(TrackingMetrics.class);

	private final SweepTimes times;

	private volatile Duration staleness = Duration.ZERO;

	TrackingMetrics(SweepTimes times, MeterRegistry registry) {
		this.times = times;
		TimeGauge.builder("tracking.staleness", () -> staleness.toMillis(), TimeUnit.MILLISECONDS)
			.description("Time since the last sweep of the domain whose running workflows were seen longest ago")
			.register(registry);
	}

	@Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
	void measure() {
		try {
			staleness = times.longestUnseen();
		}
		catch (DataAccessException away) {
			log.warn("The times of sweeps could not be read: {}", away.getMostSpecificCause().getMessage());
		}
	}

}
