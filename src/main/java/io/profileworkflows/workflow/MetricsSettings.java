package io.profileworkflows.workflow;

import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How much the metrics may tell apart.
 *
 * @param maxDomains most domains with a value of their own for the tag {@code domain}
 */
@Validated
@ConfigurationProperties("profile-workflows.metrics")
record MetricsSettings(@PositiveOrZero int maxDomains) {
}
