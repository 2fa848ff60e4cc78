package io.profileworkflows.flows;

import java.time.Instant;

import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * A complete workflow whose flow is followed.
 *
 * @param flowName that was asked for
 * @param stored what was written down when this was read
 * @param written what is known by now
 * @param shown how the flow is shown, if it is yet
 * @param lookedAt when AppFlow was last asked about this flow alone
 */
record FollowedFlow(WorkflowId id, String domainName, String flowName, WrittenFlow stored, WrittenFlow written,
		@Nullable FlowState shown, @Nullable Instant lookedAt) {

	FollowedFlow with(WrittenFlow now) {
		return new FollowedFlow(id, domainName, flowName, stored, now, shown, lookedAt);
	}

	boolean isNews() {
		return !written.equals(stored);
	}

	/** Whether AppFlow has it under the very name that was asked for. */
	boolean isItself() {
		return written.flowName().equals(flowName);
	}

}
