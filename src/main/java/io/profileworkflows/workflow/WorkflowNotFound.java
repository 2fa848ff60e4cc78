package io.profileworkflows.workflow;

/**
 * No workflow of that id is in that domain, or not for this caller's eyes.
 */
public class WorkflowNotFound extends RuntimeException {

	public WorkflowNotFound(String domainName, String id) {
		super("Workflow %s does not exist in domain %s".formatted(id, domainName));
	}

	/** For what names no workflow of this service at all. */
	public WorkflowNotFound(String resource) {
		super("%s does not exist".formatted(resource));
	}

	WorkflowNotFound(WorkflowId id) {
		super("Workflow %s does not exist".formatted(id));
	}

}
