package io.profileworkflows.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How records get into the domain; AWS knows one way.
 */
public record IntegrationConfig(@JsonProperty("AppflowIntegration") @Nullable AppflowIntegration appflowIntegration) {

}
