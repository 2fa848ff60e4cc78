package io.profileworkflows.submission;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many attempts there are of which nobody knows what they made at AWS.
 */
@Component
class SubmissionMetrics {

	private static final Logger log = LoggerFactory.getLogger(SubmissionMetrics.class);

	private final Attempts attempts;

	private volatile long unresolved;

	SubmissionMetrics(Attempts attempts, MeterRegistry registry) {
		this.attempts = attempts;
		Gauge.builder("submission.unresolved", () -> unresolved)
			.description("Attempts that may have made a workflow that is not known here")
			.register(registry);
	}

	@Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void count() {
		try {
			unresolved = attempts.countUnresolved();
		}
		catch (DataAccessException away) {
			log.warn("The unresolved attempts could not be counted: {}", away.getMostSpecificCause().getMessage());
		}
	}

}
