package io.profileworkflows.workflow;

import java.time.Instant;

import io.profileworkflows.SampleRequest;

/**
 * A workflow that was never stored, for tests of what only looks at one.
 */
public final class AcceptedWorkflow {

	private AcceptedWorkflow() {
	}

	public static Workflow of(String domainName, String flowName, Instant now) {
		return new Workflow(WorkflowId.next(), SampleRequest.of(domainName, flowName).request(),
				new AcceptedDocument("{}", new byte[32], "[]"), "anna", now);
	}

}
