package io.profileworkflows.flows;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How closely flows are followed.
 *
 * @param enabled whether they are followed at all
 * @param sweepInterval from the begin of one sweep to that of the next
 * @param emptyRuns after how many runs in a row without records a flow counts as empty
 */
@Validated
@ConfigurationProperties("profile-workflows.flows")
record FlowsSettings(boolean enabled, @NotNull @DurationMin(seconds = 1) Duration sweepInterval,
		@Min(1) @Max(WrittenFlow.MOST_RUNS) int emptyRuns) {
}
