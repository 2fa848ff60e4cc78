package io.profileworkflows.pauses;

import java.time.Instant;

import io.profileworkflows.security.Wildcards;

/**
 * An operator's order to send nothing to a domain, or to any.
 *
 * @param domainName or {@link Pauses#EVERYWHERE}
 */
public record Pause(String domainName, String pausedBy, Instant pausedAt, String reason) {

	public boolean isEverywhere() {
		return domainName.equals(Pauses.EVERYWHERE);
	}

	/** Whether it concerns a caller who may read these domains. */
	public boolean concerns(Wildcards domains) {
		return isEverywhere() || domains.include(domainName);
	}

}
