package io.profileworkflows.operations;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Actions on many workflows at once.
 *
 * @param mostWorkflows of one action
 * @param keepFor how long an operation is shown after its end
 */
@Validated
@ConfigurationProperties("profile-workflows.operations")
record OperationsSettings(@Positive @Max(100_000) int mostWorkflows,
		@NotNull @DurationMin(hours = 1) Duration keepFor) {
}
