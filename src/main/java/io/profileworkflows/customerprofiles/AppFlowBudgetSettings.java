package io.profileworkflows.customerprofiles;

import jakarta.validation.constraints.DecimalMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How often AppFlow is called.
 *
 * @param requestsPerSecond of all operations, by all replicas together; AWS documents no
 * limit
 */
@Validated
@ConfigurationProperties("profile-workflows.flows")
record AppFlowBudgetSettings(@DecimalMin("0.1") double requestsPerSecond) {
}
