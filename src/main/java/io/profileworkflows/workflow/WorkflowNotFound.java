package io.profileworkflows.workflow;

/**
 * There is no workflow of that id in that domain, or the caller may not see it.
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
