package io.profileworkflows.customerprofiles;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How Customer Profiles is called.
 *
 * @param callTimeout most time one call may take, its retries included
 * @param requestsPerSecond for each operation, by all replicas together
 * @param circuitOpenFor how long nothing is sent after too many calls have failed
 */
@Validated
@ConfigurationProperties("profile-workflows.upstream")
record UpstreamSettings(@NotNull @DurationMin(millis = 100) Duration callTimeout, @Positive int requestsPerSecond,
		@NotNull @DurationMin(millis = 100) Duration circuitOpenFor) {
}
