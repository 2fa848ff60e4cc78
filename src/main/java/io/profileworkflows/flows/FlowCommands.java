package io.profileworkflows.flows;

import java.util.Objects;

import io.profileworkflows.appflow.AppFlow;
import io.profileworkflows.appflow.CommandOutcome;
import io.profileworkflows.workflow.ActionImpossible;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Starts and stops flows for operators, each with a reason that is kept.
 */
@Component
public class FlowCommands {

	private final AppFlow appFlow;

	private final Workflows workflows;

	private final FlowWork work;

	FlowCommands(AppFlow appFlow, Workflows workflows, FlowWork work) {
		this.appFlow = appFlow;
		this.workflows = workflows;
		this.work = work;
	}

	/**
	 * Activates a flow, or runs one that runs on demand.
	 * @param clientToken by which AppFlow tells a repetition from a second command
	 * @throws ActionImpossible when there is no such flow, or AppFlow refuses
	 * @throws FlowCommandUnsettled when AppFlow gave no answer to rely on
	 */
	public Carried start(String domainName, WorkflowId id, String clientToken, String caller, String reason) {
		var flowName = flowOf(workflows.require(domainName, id));
		return carry(id, flowName, "start", appFlow.start(flowName, clientToken), caller, reason);
	}

	/**
	 * Deactivates a flow.
	 * @throws ActionImpossible when there is no such flow, or AppFlow refuses
	 * @throws FlowCommandUnsettled when AppFlow gave no answer to rely on
	 */
	public Carried stop(String domainName, WorkflowId id, String caller, String reason) {
		var flowName = flowOf(workflows.require(domainName, id));
		return carry(id, flowName, "stop", appFlow.stop(flowName), caller, reason);
	}

	private static String flowOf(Workflow workflow) {
		var flow = workflow.flow();
		if (workflow.status() != Status.COMPLETE || workflow.phase() != Phase.FINISHED || flow == null) {
			throw new ActionImpossible("Workflow %s has no flow that is followed: that begins once it is COMPLETE"
				.formatted(workflow.id()));
		}
		if (flow.health() == FlowHealth.GONE) {
			throw new ActionImpossible("The flow of workflow %s is GONE".formatted(workflow.id()));
		}
		return flow.flowName();
	}

	private Carried carry(WorkflowId id, String flowName, String command, CommandOutcome outcome, String caller,
			String reason) {
		switch (outcome) {
			case CommandOutcome.Done(var status, var executionId) -> {
				workflows.note(id, Cause.of(caller, "Told AppFlow to %s the flow: %s".formatted(command, reason)));
				work.hasten();
				return new Carried(flowName, Objects.requireNonNullElse(status, ""), executionId);
			}
			case CommandOutcome.Gone() -> {
				work.hasten();
				throw new ActionImpossible("AppFlow does not know the flow of workflow " + id);
			}
			case CommandOutcome.Refused(var why) ->
				throw new ActionImpossible("AppFlow does not %s the flow: %s".formatted(command, why));
			case CommandOutcome.Unsettled(var why) -> {
				workflows.note(id, Cause.of(caller,
						"Told AppFlow to %s the flow, without an answer to rely on: %s".formatted(command, reason)));
				work.hasten();
				throw new FlowCommandUnsettled("AppFlow gave no answer to rely on; try again: " + why);
			}
		}
	}

	/**
	 * A command that AppFlow carried out.
	 *
	 * @param executionId of the run that it began, if it did
	 */
	public record Carried(String flowName, String status, @Nullable String executionId) {
	}

}
