package io.profileworkflows.security;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What callers may do at this moment who do not send a request, as far as the service can
 * know that.
 */
@Component
public class KnownRights {

	private final SecuritySettings settings;

	private final AccessKeys keys;

	KnownRights(SecuritySettings settings, AccessKeys keys) {
		this.settings = settings;
		this.keys = keys;
	}

	/**
	 * Where a caller has a role.
	 * @param identity as the {@link Caller#identity() caller} has it
	 * @return nothing where only a token of the caller could say it
	 */
	public Optional<Wildcards> domains(@Nullable String identity, Role role) {
		if (!settings.enabled()) {
			return Optional.of(Wildcards.EVERYTHING);
		}
		if (identity == null) {
			return Optional.of(Wildcards.NOTHING);
		}
		return Caller.clientIn(identity).map(client -> keys.grantsOf(client).domainsOf(role));
	}

}
