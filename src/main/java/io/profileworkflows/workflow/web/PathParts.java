package io.profileworkflows.workflow.web;

import java.util.regex.Pattern;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.integration.DomainName;
import io.profileworkflows.workflow.WorkflowId;

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

	/**
	 * @throws BadParameter when no workflow can have that id
	 */
	public static WorkflowId workflowId(String part) {
		return WorkflowId.parse(part)
			.orElseThrow(() -> new BadParameter("WorkflowId", "must be 32 hex digits of 0-9 and a-f"));
	}

}
