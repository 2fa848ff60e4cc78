package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;

/**
 * How records get into the domain. AWS knows one way and calls it optional; without it
 * there is nothing to do.
 */
public record IntegrationConfig(
		@JsonProperty("AppflowIntegration") @Required @Valid AppflowIntegration appflowIntegration) {

}
