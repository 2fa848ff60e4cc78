package io.profileworkflows.security;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether callers have to say who they are.
 *
 * @param enabled false only where nobody else can reach the service, as in a local run
 */
@ConfigurationProperties("profile-workflows.security")
record SecuritySettings(boolean enabled) {
}
