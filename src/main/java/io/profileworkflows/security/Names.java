package io.profileworkflows.security;

import java.util.regex.Pattern;

import io.profileworkflows.integration.DomainName;

/**
 * What a caller can be called, so that it fits into the history, a log and an index, and
 * what a domain can be called.
 */
final class Names {

	static final int LONGEST = 200;

	private static final Pattern DOMAIN_NAME = Pattern.compile(DomainName.PATTERN);

	private Names() {
	}

	/**
	 * Whether a domain can have that name. To be asked before a name is compared with
	 * anything: what comes in a path is as long as the path.
	 */
	static boolean isDomainName(String text) {
		return DOMAIN_NAME.matcher(text).matches();
	}

	static boolean isName(String text) {
		return !text.isBlank() && text.length() <= LONGEST && text.codePoints().noneMatch(Character::isISOControl);
	}

}
