package io.profileworkflows.submission;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.database.Sampled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many attempts there are of which nobody knows what they made at AWS.
 */
@Component
class SubmissionMetrics {

	private static final Logger log = LoggerFactory.getLogger(SubmissionMetrics.class);

	private final Sampled<Long> unresolved;

	SubmissionMetrics(Attempts attempts, MeterRegistry registry) {
		unresolved = new Sampled<>(log, "Counting unresolved attempts", 0L, attempts::countUnresolved);
		Gauge.builder("submission.unresolved", unresolved)
			.description("Attempts that may have made a workflow that is not known here")
			.register(registry);
	}

	@Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void count() {
		unresolved.read();
	}

}
