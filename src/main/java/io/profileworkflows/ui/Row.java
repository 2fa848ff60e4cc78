package io.profileworkflows.ui;

import java.time.Instant;

import io.profileworkflows.pauses.PausedDomains;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.StateInWords;
import io.profileworkflows.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A workflow in a list.
 */
record Row(String id, String href, String flowName, String domainName, Mark mark, String state, String says,
		@Nullable FlowHealth health, @Nullable Mark healthMark, Instant updatedAt, String requestedBy) {

	static Row of(Workflow workflow, PausedDomains paused) {
		var health = workflow.flowHealth();
		return new Row(workflow.id().toString(), hrefOf(workflow), workflow.flowName(), workflow.domainName(),
				Mark.of(workflow), Words.of(workflow), says(workflow, paused), health,
				(health != null) ? Mark.of(health) : null, workflow.updatedAt(), workflow.requestedBy());
	}

	/** A flow that is not well says more than that its workflow has ended. */
	private static String says(Workflow workflow, PausedDomains paused) {
		var flow = workflow.flow();
		return (flow != null && Mark.of(flow.health()) != Mark.DONE && !flow.reasons().isEmpty())
				? flow.reasons().getFirst() : StateInWords.of(workflow, workflow.heldBy(paused));
	}

	static String hrefOf(Workflow workflow) {
		return "/ui/domains/%s/workflows/%s".formatted(workflow.domainName(), workflow.id());
	}

}
