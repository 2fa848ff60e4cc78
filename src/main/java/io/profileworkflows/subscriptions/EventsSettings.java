package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * To whom events are sent, and how patiently.
 *
 * @param encryptionKeys for the secrets of subscriptions: the first encrypts, all
 * decrypt; without any, nobody can subscribe
 * @param allowPrivateTargets whether events may go to private addresses, and without TLS
 * @param sslBundle Spring's name of the certificates that targets may have; those of the
 * JVM without
 * @param timeout for one delivery, from the look-up of the name to the end of the answer
 * @param slots subscriptions that are served at the same time, by each replica
 * @param concurrency deliveries to one subscription at the same time
 * @param retryFor how long deliveries are tried again
 * @param oldSecretFor how long a secret is good after it was replaced
 * @param tokenRightsFor how long what a token says of its owner is good for deliveries
 * @param keepDeliveries how long events and their deliveries are kept
 */
@Validated
@ConfigurationProperties("profile-workflows.events")
record EventsSettings(@DefaultValue List<EncryptionKey> encryptionKeys, boolean allowPrivateTargets,
		@Nullable String sslBundle, @Positive int maxSubscriptions, @Positive int maxSubscriptionsPerCaller,
		@NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration timeout, @Positive @Max(64) int slots,
		@Positive @Max(64) int concurrency, @NotNull @DurationMin(millis = 1) Duration firstRetryAfter,
		@NotNull @DurationMin(millis = 1) Duration maxRetryAfter, @NotNull @DurationMin(millis = 1) Duration retryFor,
		@NotNull Duration oldSecretFor, @NotNull @DurationMin(millis = 1) Duration tokenRightsFor,
		@NotNull @DurationMin(millis = 1) Duration keepDeliveries) {

	@AssertTrue(message = "keep-deliveries must be longer than retry-for and twice max-retry-after")
	boolean isKeptLongEnough() {
		return keepDeliveries.compareTo(retryFor.plus(maxRetryAfter.multipliedBy(2))) > 0;
	}

	/**
	 * Doubles with each failure up to the cap; the upper half of it is left to chance.
	 * @param failures in a row, at least 1
	 */
	Duration delayAfter(int failures) {
		var doublings = Math.min(failures - 1, 30);
		var delay = Math.min(Math.scalb((double) firstRetryAfter.toMillis(), doublings), maxRetryAfter.toMillis());
		return Duration.ofMillis(Math.round(delay * (1 + ThreadLocalRandom.current().nextDouble()) / 2));
	}

}
