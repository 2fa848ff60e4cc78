package io.profileworkflows.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Another workflow has the FlowName, which AppFlow allows once per account and Region.
 * The message does not name that workflow, because not everybody may know it.
 */
public class FlowNameTaken extends RuntimeException {

	private final String flowName;

	private final WorkflowId holder;

	private final @Nullable String domainName;

	FlowNameTaken(String flowName, WorkflowId holder, @Nullable String domainName) {
		super("FlowName %s belongs to another workflow".formatted(flowName));
		this.flowName = flowName;
		this.holder = holder;
		this.domainName = domainName;
	}

	public String flowName() {
		return flowName;
	}

	public WorkflowId holder() {
		return holder;
	}

	/** The holder's, or null where no more than its name is left of it. */
	public @Nullable String domainName() {
		return domainName;
	}

}
