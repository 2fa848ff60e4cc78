package io.profileworkflows.integration;

import java.util.List;
import java.util.Set;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which connectors may be used, and how strictly.
 *
 * @param allowed connectors that requests may name
 * @param timestampFieldRequiredFor connectors whose incremental pulls must name the field
 * that tells what is new; AWS requires it of none
 */
@Validated
@ConfigurationProperties("profile-workflows.connectors")
record ConnectorsSettings(@NotEmpty List<SourceConnectorType> allowed,
		@NotNull Set<SourceConnectorType> timestampFieldRequiredFor) {

}
