package io.profileworkflows.workflow.web;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.workflow.WorkflowId;

/**
 * The id of a workflow in a path.
 */
public final class WorkflowIdPart {

	private WorkflowIdPart() {
	}

	/**
	 * @throws BadParameter when no workflow can have that id
	 */
	public static WorkflowId of(String part) {
		return WorkflowId.parse(part)
			.orElseThrow(() -> new BadParameter("WorkflowId", "must be 32 hex digits of 0-9 and a-f"));
	}

}
