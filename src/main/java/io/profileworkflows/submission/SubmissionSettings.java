package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How eagerly workflows are sent to AWS.
 *
 * @param slots most calls under way at once from this process
 * @param cautionAfterStart how long a new process commits claims alone, before it reads
 * anything of what they are about: work that kills its process is counted then, also in
 * one that is started again and again
 * @param firstRetryAfter pause after an attempt that certainly was not sent, doubled for
 * each further one
 * @param maxRetryAfter the longest such pause
 * @param settleTime after an attempt's deadline, before what is not at AWS counts as
 * absent: AWS takes a signed request up to 5 minutes after its date
 * @param clockSkew how far AWS's clock may be from the database's
 * @param secondLookAfter pause between the two looks that prove absence
 * @param reconcileLimit after which a person has to decide
 * @param maxUnresolved attempts of unknown outcome at which no new one is begun
 * @param recoverySince the time to which the database was restored, if it was; for as
 * long as it is set, requests that are new to it are looked for at AWS before they are
 * sent
 */
@Validated
@ConfigurationProperties("profile-workflows.submission")
record SubmissionSettings(@Positive int slots, @NotNull Duration cautionAfterStart, @NotNull Duration firstRetryAfter,
		@NotNull Duration maxRetryAfter, @NotNull Duration settleTime, @NotNull Duration clockSkew,
		@NotNull Duration secondLookAfter, @NotNull Duration reconcileLimit, @Positive int maxUnresolved,
		@Nullable Instant recoverySince) {

	private static final int MOST_DOUBLINGS = 20;

	/**
	 * The pause, with half of it left to chance so that many do not come back at once.
	 */
	Duration pauseAfter(int unsentInARow) {
		var doubled = firstRetryAfter.multipliedBy(1L << Math.min(unsentInARow - 1, MOST_DOUBLINGS));
		var pause = (doubled.compareTo(maxRetryAfter) < 0) ? doubled : maxRetryAfter;
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
	}

	Patience patience() {
		return new Patience(clockSkew, settleTime, secondLookAfter, reconcileLimit);
	}

}
