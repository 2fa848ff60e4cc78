package io.profileworkflows.workflow;

import java.util.List;

import io.profileworkflows.database.RoundTrip;

/**
 * Workflows came to milestones. It is published within the transaction of the changes, in
 * their order. A listener that fails undoes them.
 *
 * @param trip that makes the changes, for statements that follow them
 */
public record MilestonesReached(RoundTrip trip, List<Reached> all) {

	public record Reached(WorkflowId workflow, String domainName, Milestone milestone) {
	}

}
