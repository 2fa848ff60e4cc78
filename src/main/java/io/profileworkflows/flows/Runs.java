package io.profileworkflows.flows;

import java.util.List;

import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.WorkflowId;

import org.springframework.stereotype.Component;

/**
 * The known runs of a flow, the latest first.
 */
@Component
public class Runs {

	private final FollowedFlows flows;

	Runs(FollowedFlows flows) {
		this.flows = flows;
	}

	public List<SeenRun> of(WorkflowId id, long offset, int limit) {
		return flows.runsOf(id, offset, limit)
			.stream()
			.map(run -> new SeenRun(run.toLastRun(), (run.recordsRefused() != null) ? run.recordsRefused() : 0))
			.toList();
	}

	/**
	 * A run.
	 *
	 * @param recordsRefused by the destination
	 */
	public record SeenRun(FlowState.LastRun run, long recordsRefused) {
	}

}
