package io.profileworkflows.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TokenOwnersTests {

	private static final Instant END = Instant.parse("2026-11-24T12:00:00Z");

	private static final SecuritySettings.Claims USUAL = new SecuritySettings.Claims("sub", "roles", "domains",
			Map.of());

	@Test
	void mayWhatTheClaimsSay() {
		var owner = owner(USUAL, Map.of("sub", "anna", "roles", List.of("submitter", "reader:*", "offline_access", 7),
				"domains", List.of("retail-*", "no domain", "support")));

		assertThat(owner.name()).isEqualTo("anna");
		assertThat(owner.domains(Role.SUBMITTER)).isEqualTo(Wildcards.of("retail-*", "support"));
		assertThat(owner.mayEverywhere(Role.READER)).isTrue();
		assertThat(owner.domains(Role.OPERATOR).isEmpty()).isTrue();
	}

	@Test
	void areFoundInOtherClaims() {
		var claims = new SecuritySettings.Claims("client.name", "realm_access.roles", "https://example.com/domains",
				Map.of());

		var owner = owner(claims, Map.of("client", Map.of("name", "crm"), "realm_access",
				Map.of("roles", "profile operator"), "https://example.com/domains", "retail, support"));

		assertThat(owner.name()).isEqualTo("crm");
		assertThat(owner.domains(Role.OPERATOR)).isEqualTo(Wildcards.of("retail", "support"));
	}

	@Test
	void haveRolesUnderTheNamesOfTheIssuer() {
		var claims = new SecuritySettings.Claims("sub", "groups", "domains",
				Map.of("CRM Admins", "operator:crm-*", "everybody", "reader:*"));

		var owner = owner(claims, Map.of("sub", "anna", "groups", List.of("CRM Admins", "everybody", "others")));

		assertThat(owner.domains(Role.OPERATOR)).isEqualTo(Wildcards.of("crm-*"));
		assertThat(owner.mayEverywhere(Role.READER)).isTrue();
	}

	@Test
	void mayUntilTheTokenExpires() {
		var content = Map.of("sub", "anna", "roles", "reader", "domains", "*");
		var token = Jwt.withTokenValue("token")
			.header("alg", "none")
			.expiresAt(END)
			.claims(all -> all.putAll(content))
			.build();

		var before = owner(USUAL, token, Clock.fixed(END.minusMillis(1), ZoneOffset.UTC));
		assertThat(before.stillMay(Role.READER, "retail")).isTrue();
		assertThat(before.stillMay(Role.SUBMITTER, "retail")).isFalse();
		assertThat(before.timeLeft()).isEqualTo(Duration.ofMillis(1));
		assertThat(owner(USUAL, token, Clock.fixed(END, ZoneOffset.UTC)).stillMay(Role.READER, "retail")).isFalse();
	}

	@Test
	void mayNothingWithATokenWithoutAnEnd() {
		var token = Jwt.withTokenValue("token").header("alg", "none").subject("anna").build();

		assertThatExceptionOfType(InvalidBearerTokenException.class)
			.isThrownBy(() -> owner(USUAL, token, Clock.systemUTC()));
	}

	@Test
	void mayNothingWithoutDomains() {
		assertThat(owner(USUAL, Map.of("sub", "anna", "roles", "operator")).hasRoles()).isFalse();
		assertThat(owner(USUAL, Map.of("sub", "anna", "domains", "*")).hasRoles()).isFalse();
	}

	@Test
	void haveANameThatFitsIntoTheHistory() {
		for (Object subject : List.of(7, "", " ", "a\u0000b", "x".repeat(201))) {
			assertThatExceptionOfType(InvalidBearerTokenException.class)
				.isThrownBy(() -> owner(USUAL, Map.of("sub", subject)));
		}
		assertThatExceptionOfType(InvalidBearerTokenException.class).isThrownBy(() -> owner(USUAL, Map.of("jti", "1")));
	}

	private static Caller owner(SecuritySettings.Claims claims, Map<String, Object> content) {
		var token = Jwt.withTokenValue("token")
			.header("alg", "none")
			.expiresAt(END)
			.claims(all -> all.putAll(content))
			.build();
		return owner(claims, token, Clock.fixed(END.minusSeconds(1), ZoneOffset.UTC));
	}

	private static Caller owner(SecuritySettings.Claims claims, Jwt token, Clock clock) {
		return (Caller) Objects.requireNonNull(new TokenOwners(claims, clock).convert(token).getPrincipal());
	}

}
