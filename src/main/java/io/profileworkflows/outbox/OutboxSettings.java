package io.profileworkflows.outbox;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How eagerly, and how patiently, the outbox is worked off.
 *
 * @param work whether this process works at all, or only adds work for others
 * @param lease how long a claim holds; what takes longer renews it
 * @param pollInterval the longest pause between two looks at the outbox
 * @param fullLookInterval how often a look goes through all that is due, dead rows
 * included; each does when zero
 * @param maxAttempts unexpected failures before work is parked
 * @param firstRetryAfter delay after the first failure, doubled for each further one
 * @param shutdownGrace how long a stop waits for the work in flight
 */
@Validated
@ConfigurationProperties("profile-workflows.outbox")
record OutboxSettings(boolean work, @NotNull @DurationMin(seconds = 1) Duration lease,
		@NotNull @DurationMin(millis = 10) Duration pollInterval, @NotNull Duration fullLookInterval,
		@Positive int maxAttempts, @NotNull @DurationMin(millis = 1) Duration firstRetryAfter,
		@NotNull @DurationMin(millis = 1) Duration maxRetryAfter, @NotNull Duration shutdownGrace) {

	boolean isLast(int failures) {
		return failures >= maxAttempts;
	}

	/**
	 * Doubles with each failure up to the cap; the upper half of it is left to chance, so
	 * that what failed together is not tried again together.
	 * @param failures how often it has failed, at least 1
	 * @param chance from 0 to 1
	 */
	Duration delayAfter(int failures, double chance) {
		var doublings = Math.min(failures - 1, 30);
		var delay = Math.min(Math.scalb((double) firstRetryAfter.toMillis(), doublings), maxRetryAfter.toMillis());
		return Duration.ofMillis(Math.round(delay * (1 + chance) / 2));
	}

}
