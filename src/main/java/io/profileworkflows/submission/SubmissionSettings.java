package io.profileworkflows.submission;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How eagerly workflows are sent to AWS.
 *
 * @param slots most calls under way at once from this process
 * @param firstRetryAfter pause after an attempt that certainly was not sent, doubled for
 * each further one
 * @param maxRetryAfter the longest such pause
 */
@Validated
@ConfigurationProperties("profile-workflows.submission")
record SubmissionSettings(@Positive int slots, @NotNull Duration firstRetryAfter, @NotNull Duration maxRetryAfter) {

	private static final int MOST_DOUBLINGS = 20;

	/**
	 * The pause, with half of it left to chance so that many do not come back at once.
	 */
	Duration pauseAfter(int unsentInARow) {
		var doubled = firstRetryAfter.multipliedBy(1L << Math.min(unsentInARow - 1, MOST_DOUBLINGS));
		var pause = (doubled.compareTo(maxRetryAfter) < 0) ? doubled : maxRetryAfter;
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
	}

}
