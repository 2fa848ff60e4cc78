package io.profileworkflows.security;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How much one caller may have of one replica.
 *
 * @param requestsPerSecond of one caller, in the long run
 * @param burst of one caller, at once after a rest
 * @param failuresPerMinute of one address to show who calls; more get a shorter answer
 * and no line in the audit log
 * @param bodyTime for a body to arrive as a whole
 */
@Validated
@ConfigurationProperties("profile-workflows.limits")
record LimitsSettings(@Positive int requestsPerSecond, @Positive int burst, @Positive int failuresPerMinute,
		@NotNull @DurationMin(millis = 10) Duration bodyTime) {
}
