package io.profileworkflows.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where nothing is configured, and every domain may use everything.
 */
public final class OpenRules {

	private OpenRules() {
	}

	public static ResourceRules rules() {
		return new ResourceRules(new SecuritySettings(false, List.of(), null, Duration.ofSeconds(5),
				new SecuritySettings.Claims("sub", "roles", "domains", Map.of()), List.of()));
	}

}
