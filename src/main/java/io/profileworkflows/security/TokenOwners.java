package io.profileworkflows.security;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Reads off a bearer token who its owner is, and what they may do. Roles and domains that
 * are none of this service's are overlooked: tokens are made for others, too.
 */
class TokenOwners implements Converter<Jwt, AbstractAuthenticationToken> {

	private final SecuritySettings.Claims claims;

	private final Clock clock;

	TokenOwners(SecuritySettings.Claims claims, Clock clock) {
		this.claims = claims;
		this.clock = clock;
	}

	@Override
	public AbstractAuthenticationToken convert(Jwt token) {
		var owner = owner(token.getClaims());
		var end = token.getExpiresAt();
		if (end == null) {
			throw new InvalidBearerTokenException("The token never expires");
		}
		return new CallerAuthentication(owner.until(end, clock));
	}

	/**
	 * Reads off the claims of any token who its owner is.
	 * @throws InvalidBearerTokenException when they name nobody
	 */
	Caller owner(Map<String, Object> content) {
		if (!(claim(content, claims.subject()) instanceof String subject) || !Names.isName(subject)) {
			throw new InvalidBearerTokenException("The claim %s is no name".formatted(claims.subject()));
		}
		var domains = texts(content, claims.domains()).filter(Grant::isDomain).toList();
		var grants = texts(content, claims.roles()).map(role -> claims.roleNames().getOrDefault(role, role))
			.flatMap(role -> Grant.parse(role, domains).stream())
			.toList();
		return Caller.withToken(subject, new Grants(grants));
	}

	private static Stream<String> texts(Map<String, Object> content, String name) {
		return switch (claim(content, name)) {
			case String text -> Arrays.stream(text.split("[,\\s]+")).filter(part -> !part.isEmpty());
			case Collection<?> many -> many.stream().filter(String.class::isInstance).map(String.class::cast);
			case null, default -> Stream.empty();
		};
	}

	/** A name with dots in it is a claim's own, or else leads into claims. */
	private static @Nullable Object claim(Map<?, ?> members, String name) {
		if (members.containsKey(name)) {
			return members.get(name);
		}
		var path = List.of(name.split("\\.", 2));
		return (path.size() == 2 && members.get(path.getFirst()) instanceof Map<?, ?> inner)
				? claim(inner, path.getLast()) : null;
	}

}
