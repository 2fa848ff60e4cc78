package io.profileworkflows.pauses;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much is paused, and for how long: a pause that somebody forgot looks like a service
 * that does nothing.
 */
@Component
class PauseMetrics {

	private static final Logger log = LoggerFactory.getLogger(PauseMetrics.class);

	private final Pauses pauses;

	private volatile Pauses.Count count = new Pauses.Count(0, 0);

	PauseMetrics(Pauses pauses, MeterRegistry registry) {
		this.pauses = pauses;
		Gauge.builder("submission.pauses", () -> count.pauses())
			.description(
					"Domains to which nothing is sent since an operator said so; all domains together count as one")
			.register(registry);
		TimeGauge.builder("submission.pause.age", () -> count.age(), TimeUnit.SECONDS)
			.description("How long ago the oldest pause began")
			.register(registry);
	}

	@Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void count() {
		try {
			count = pauses.count();
		}
		catch (DataAccessException away) {
			log.warn("The pauses could not be counted: {}", away.getMostSpecificCause().getMessage());
		}
	}

}
