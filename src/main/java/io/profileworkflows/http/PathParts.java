package io.profileworkflows.http;

import java.util.regex.Pattern;

import io.profileworkflows.integration.DomainName;

/**
 * The parts of a path that name things, checked.
 */
public final class PathParts {

	private static final Pattern DOMAIN_NAME = Pattern.compile(DomainName.PATTERN);

	private PathParts() {
	}

	/**
	 * @throws BadParameter when no domain can have that name
	 */
	public static String domainName(String part) {
		if (!isDomainName(part)) {
			throw new BadParameter("DomainName", DomainName.EXPECTED);
		}
		return part;
	}

	public static boolean isDomainName(String text) {
		return DOMAIN_NAME.matcher(text).matches();
	}

}
