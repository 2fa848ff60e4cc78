package io.profileworkflows.security;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * How people sign in to the page. Without a client id they cannot.
 *
 * @param issuerUri of the identity provider, whose OpenID Connect metadata are read when
 * somebody signs in first; absent where it is the issuer of the API's tokens
 * @param clientSecret absent for a public client
 * @param publicUrl scheme, host and port under which browsers reach the service; absent
 * where it is the address that they ask
 * @param sessionTime after which the identity provider is asked again
 */
@Validated
@ConfigurationProperties("profile-workflows.sign-in")
record SignInSettings(@Nullable String issuerUri, @Nullable String clientId, @Nullable Secret clientSecret,
		@Nullable String publicUrl, @NotNull @DurationMin(minutes = 1) Duration sessionTime) {

	boolean isOffered() {
		return StringUtils.hasText(clientId);
	}

}
