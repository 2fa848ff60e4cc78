package io.profileworkflows.workflow;

/**
 * The same caller used one key for two different requests.
 */
public class IdempotencyKeyReused extends RuntimeException {

	private final WorkflowId workflow;

	IdempotencyKeyReused(WorkflowId workflow) {
		super("The idempotency key was used with another request, which became workflow " + workflow);
		this.workflow = workflow;
	}

	public WorkflowId workflow() {
		return workflow;
	}

}
