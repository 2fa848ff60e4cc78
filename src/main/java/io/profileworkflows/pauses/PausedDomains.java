package io.profileworkflows.pauses;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pauses of one moment, by domain.
 */
public record PausedDomains(Map<String, Pause> pauses) {

	public static final PausedDomains NONE = new PausedDomains(Map.of());

	/** Those that hold a domain back: its own, and that of all domains. */
	public List<Pause> of(String domainName) {
		return Stream.of(domainName, Pauses.EVERYWHERE).map(pauses::get).filter(pause -> pause != null).toList();
	}

}
