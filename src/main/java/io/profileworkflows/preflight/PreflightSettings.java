package io.profileworkflows.preflight;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What is looked at before a workflow is made, and how long.
 *
 * @param onCreate what a failed check means for a request that is no dry run
 * @param checks those that are made; the others are always unknown
 * @param timeLimit for all checks of a request together
 * @param rememberFor how long an answer of AWS is taken for true
 * @param integrationsPerDomain AWS's quota
 */
@Validated
@ConfigurationProperties("profile-workflows.preflight")
record PreflightSettings(@NotNull OnCreate onCreate, @NotNull Set<Check> checks,
		@NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60) Duration timeLimit,
		@NotNull @DurationMin(millis = 0) Duration rememberFor, @Positive int integrationsPerDomain) {

	PreflightSettings {
		checks = Set.copyOf(checks);
	}

}
