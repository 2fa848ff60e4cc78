package io.profileworkflows.pauses;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.profileworkflows.database.Sampled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much is paused, and for how long: a pause that somebody forgot looks like a service
 * that does nothing.
 */
@Component
class PauseMetrics {

	private static final Logger log = LoggerFactory.getLogger(PauseMetrics.class);

	private final Sampled<Pauses.Count> count;

	PauseMetrics(Pauses pauses, MeterRegistry registry) {
		count = new Sampled<>(log, "Counting the pauses", new Pauses.Count(0, 0), pauses::count);
		Gauge.builder("submission.pauses", () -> count.get().pauses())
			.description(
					"Domains to which nothing is sent since an operator said so; all domains together count as one")
			.register(registry);
		TimeGauge.builder("submission.pause.age", () -> count.get().age(), TimeUnit.SECONDS)
			.description("How long ago the oldest pause began")
			.register(registry);
	}

	@Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void count() {
		count.read();
	}

}
