package io.profileworkflows.retention;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long what is over is kept.
 *
 * @param finishedWorkflows since their last change
 * @param history by whole months, so up to a month longer
 * @param interval between two looks at what may leave
 * @param batch most rows that leave in one transaction
 */
@Validated
@ConfigurationProperties("profile-workflows.retention")
record RetentionSettings(@NotNull Duration finishedWorkflows, @NotNull Duration history, @NotNull Duration interval,
		@Positive int batch) {

	/** What the API promises. */
	static final Duration IDEMPOTENCY_KEYS = Duration.ofDays(7);

	@AssertTrue(message = "retention.history must be at least as long as retention.finished-workflows")
	boolean isHistoryKeptAsLongAsItsWorkflows() {
		return history.compareTo(finishedWorkflows) >= 0;
	}

	@AssertTrue(message = "retention.finished-workflows must be at least 7 days: keys answer with them for so long")
	boolean isKeptAsLongAsIdempotencyKeys() {
		return finishedWorkflows.compareTo(IDEMPOTENCY_KEYS) >= 0;
	}

}
