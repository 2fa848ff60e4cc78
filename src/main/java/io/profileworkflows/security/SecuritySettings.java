package io.profileworkflows.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call, and what for.
 *
 * @param enabled false only where nobody else can reach the service, as in a local run
 * @param accessKeysFile a YAML file with more access keys, read again when it changes
 * @param claims where a bearer token says who its owner is, and what they may do
 * @param allowed what domains may use at AWS
 */
@Validated
@ConfigurationProperties("profile-workflows.security")
record SecuritySettings(boolean enabled, @DefaultValue List<AccessKey> accessKeys, @Nullable String accessKeysFile,
		@NotNull Duration accessKeysReloadInterval, @Valid @NotNull Claims claims,
		@DefaultValue List<@Valid Allowed> allowed) {

	@Nullable Path accessKeysPath() {
		return StringUtils.hasText(accessKeysFile) ? Path.of(accessKeysFile) : null;
	}

	/**
	 * Names of claims; a dot leads into a claim that has members.
	 *
	 * @param roleNames what else an issuer calls a role, as in {@code crm-admins:
	 * operator} or {@code crm-team: submitter:crm-*}
	 */
	record Claims(@NotBlank String subject, @NotBlank String roles, @NotBlank String domains,
			@DefaultValue Map<String, String> roleNames) {
	}

	/**
	 * What some domains may use, each as patterns. A kind of thing that no entry names is
	 * not restricted.
	 */
	record Allowed(@NotEmpty Set<String> domains, @DefaultValue Set<String> roles, @DefaultValue Set<String> kmsKeys,
			@DefaultValue Set<String> connectorProfiles) {
	}

}
