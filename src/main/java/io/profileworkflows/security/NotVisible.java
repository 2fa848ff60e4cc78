package io.profileworkflows.security;

import org.jspecify.annotations.Nullable;

/**
 * The caller may not see the domain, and is told what he would be told if there were
 * nothing in it.
 */
public class NotVisible extends RuntimeException {

	NotVisible(String domainName, @Nullable String workflowId, @Nullable String arn) {
		super((arn != null) ? arn + " does not exist"
				: (workflowId != null) ? "Workflow %s does not exist in domain %s".formatted(workflowId, domainName)
						: "There is no domain %s for this caller".formatted(domainName));
	}

}
