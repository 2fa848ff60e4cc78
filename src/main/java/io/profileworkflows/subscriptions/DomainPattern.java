package io.profileworkflows.subscriptions;

import java.util.List;

import io.profileworkflows.security.Wildcards;
import org.jspecify.annotations.Nullable;

/**
 * The name of a domain, or a pattern of such in which {@code *} stands for any
 * characters.
 */
final class DomainPattern {

	private DomainPattern() {
	}

	/**
	 * The same pattern as SQL has it; null for a name.
	 */
	static @Nullable String alike(String pattern) {
		return pattern.contains("*") ? like(pattern) : null;
	}

	static String like(String pattern) {
		return pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
	}

	/**
	 * Whether all that fit one of the patterns are among those. A star in a pattern can
	 * only be met by a star.
	 */
	static boolean areWithin(List<String> patterns, Wildcards domains) {
		return patterns.stream().allMatch(domains::include);
	}

}
