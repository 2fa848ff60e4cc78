package io.profileworkflows;

import java.time.Instant;
import java.util.List;

import io.profileworkflows.simulator.PlantedFlow;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes an accepted workflow to its end without AWS.
 */
public final class Completion {

	private static final Cause CAUSE = Cause.of("test", "to be complete");

	private Completion() {
	}

	public static WorkflowId of(WorkflowId id, Workflows workflows, JdbcClient jdbc) {
		jdbc.sql("delete from outbox where subject = :id").param("id", id.toString()).update();
		workflows.change(id, CAUSE, Workflow::submit);
		workflows.change(id, CAUSE, workflow -> workflow.confirm(id.toString(), Provenance.CREATED, Instant.now()));
		workflows.follow(id, new Progress("COMPLETE", null, null, null, null, List.of()), CAUSE);
		return id;
	}

	/** The same, with a healthy flow at AppFlow. */
	public static WorkflowId withFlow(WorkflowId id, Workflows workflows, JdbcClient jdbc) {
		of(id, workflows, jdbc);
		var flowName = workflows.require(id).flowName();
		SimulatedAws.simulator().plant(PlantedFlow.of(flowName));
		workflows.showFlow(id, new FlowState(flowName, "Active", FlowHealth.HEALTHY, List.of(), null, null), CAUSE);
		return id;
	}

}
