package io.profileworkflows.workflow;

import java.time.Instant;

/**
 * An order to send nothing to a domain.
 *
 * @param domainName or {@link Pauses#EVERYWHERE}
 */
public record Pause(String domainName, String pausedBy, Instant pausedAt, String reason) {

	public boolean isEverywhere() {
		return domainName.equals(Pauses.EVERYWHERE);
	}

}
