package io.profileworkflows.workflow;

/**
 * Another workflow holds the FlowName, which AppFlow allows once per account and Region.
 */
public class FlowNameTaken extends RuntimeException {

	private final String flowName;

	private final WorkflowId holder;

	FlowNameTaken(String flowName, WorkflowId holder) {
		super("FlowName %s belongs to workflow %s".formatted(flowName, holder));
		this.flowName = flowName;
		this.holder = holder;
	}

	public String flowName() {
		return flowName;
	}

	public WorkflowId holder() {
		return holder;
	}

}
