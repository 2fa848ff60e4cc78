package io.profileworkflows.security;

import java.util.stream.Stream;

import io.profileworkflows.start.Missing;
import io.profileworkflows.start.Prerequisite;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Something that tells who calls, where security is on.
 */
class CallersPrerequisite implements Prerequisite {

	@Override
	public @Nullable Missing missingFrom(Environment environment) {
		var isOn = environment.getProperty("profile-workflows.security.enabled", Boolean.class, true);
		var isKnown = Stream
			.of("spring.security.oauth2.resourceserver.jwt.issuer-uri",
					"spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
					"spring.security.oauth2.resourceserver.jwt.public-key-location",
					"profile-workflows.security.access-keys[0].access-key-id",
					"profile-workflows.security.access-keys-file")
			.anyMatch(property -> StringUtils.hasText(environment.getProperty(property)));
		return (!isOn || isKnown) ? null : new Missing("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI", """
				the identity provider whose tokens callers show; or
				PROFILEWORKFLOWS_SECURITY_ACCESSKEYSFILE, a file with the access keys they sign with; or
				PROFILEWORKFLOWS_SECURITY_ENABLED=false, where nobody else can reach the service""");
	}

}
