package io.profileworkflows.security;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class CallersPrerequisiteTests {

	private final CallersPrerequisite prerequisite = new CallersPrerequisite();

	@Test
	void isMissingWhereNothingTellsWhoCalls() {
		assertThat(prerequisite.missingFrom(new MockEnvironment())).isNotNull();
		assertThat(Objects
			.requireNonNull(prerequisite.missingFrom(
					new MockEnvironment().withProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "")))
			.variable()).isEqualTo("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.security.oauth2.resourceserver.jwt.issuer-uri",
			"spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
			"spring.security.oauth2.resourceserver.jwt.public-key-location",
			"profile-workflows.security.access-keys[0].access-key-id", "profile-workflows.security.access-keys-file" })
	void isThereWhereOneWayIsConfigured(String property) {
		assertThat(prerequisite.missingFrom(new MockEnvironment().withProperty(property, "something"))).isNull();
	}

	@Test
	void isNotNeededWhereSecurityIsOff() {
		assertThat(prerequisite
			.missingFrom(new MockEnvironment().withProperty("profile-workflows.security.enabled", "false"))).isNull();
	}

}
