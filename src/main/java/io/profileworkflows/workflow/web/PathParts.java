package io.profileworkflows.workflow.web;

import java.util.regex.Pattern;

import io.profileworkflows.workflow.WorkflowId;

/**
 * The parts of a path that name things, checked.
 */
public final class PathParts {

	static final String DOMAIN_NAME_EXPECTED = "must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -";

	private static final Pattern DOMAIN_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private PathParts() {
	}

	/**
	 * @throws BadParameter when no domain can have that name
	 */
	public static String domainName(String part) {
		if (!isDomainName(part)) {
			throw new BadParameter("DomainName", DOMAIN_NAME_EXPECTED);
		}
		return part;
	}

	static boolean isDomainName(String text) {
		return DOMAIN_NAME.matcher(text).matches();
	}

	/**
	 * @throws BadParameter when no workflow can have that id
	 */
	public static WorkflowId workflowId(String part) {
		return WorkflowId.parse(part)
			.orElseThrow(() -> new BadParameter("WorkflowId", "must be 32 hex digits of 0-9 and a-f"));
	}

}
