package io.profileworkflows.ui;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.profileworkflows.security.Role;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Provenance;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;

/**
 * What a person can have done to one workflow, and what then happens at AWS.
 */
enum Deed {

	ADOPT("adopt", "Adopt", Role.OPERATOR, Deed::isInReview,
			"Nothing is sent to AWS but a question about that workflow. From now on this service follows it as the "
					+ "one that was asked for. If it belongs to somebody else, a later deletion here deletes theirs."),

	RESUBMIT("resubmit", "Send again", Role.OPERATOR, Deed::isInReview,
			"CreateIntegrationWorkflow is sent to AWS again. If an earlier attempt made a workflow there, AWS has "
					+ "two from then on. Make sure first that AWS has none."),

	GIVE_UP("give-up", "Give up", Role.OPERATOR, Deed::isInReview,
			"Nothing is sent to AWS. The workflow ends as REJECTED and its FlowName is free again. If AWS did make "
					+ "a workflow, it stays there and nobody follows it."),

	RETRY("retry", "Try again", Role.SUBMITTER, Workflow::hasFailed, Deed::ofRetry),

	DELETE("delete", "Delete", Role.SUBMITTER, Deed::canBeDeleted, Deed::ofDeletion),

	START_FLOW("start-flow", "Start the flow", Role.OPERATOR, Deed::hasFlow,
			"StartFlow is sent to AppFlow. A flow with a schedule or an event becomes active; a flow on demand runs "
					+ "once, now."),

	STOP_FLOW("stop-flow", "Stop the flow", Role.OPERATOR, Deed::hasFlow,
			"StopFlow is sent to AppFlow. The flow does not run until somebody starts it again, and records of that "
					+ "time arrive late or never.");

	private final String path;

	private final String label;

	private final Role role;

	private final Predicate<Workflow> possible;

	private final Function<Workflow, String> consequence;

	Deed(String path, String label, Role role, Predicate<Workflow> possible, String consequence) {
		this(path, label, role, possible, _ -> consequence);
	}

	Deed(String path, String label, Role role, Predicate<Workflow> possible, Function<Workflow, String> consequence) {
		this.path = path;
		this.label = label;
		this.role = role;
		this.possible = possible;
		this.consequence = consequence;
	}

	static List<Deed> offered(Workflow workflow, Viewer viewer) {
		return Arrays.stream(values())
			.filter(deed -> viewer.may(deed.role, workflow.domainName()) && deed.isPossible(workflow))
			.toList();
	}

	static Deed at(String path) {
		return Arrays.stream(values()).filter(deed -> deed.path.equals(path)).findFirst().orElseThrow();
	}

	/** Whether it makes sense as the workflow stands; the service itself decides. */
	boolean isPossible(Workflow workflow) {
		return possible.test(workflow);
	}

	/** What then happens at AWS. */
	String consequence(Workflow workflow) {
		return consequence.apply(workflow);
	}

	/** Whether an operator has to say that others' resources may be deleted. */
	boolean takesAdopted(Workflow workflow) {
		return (this == DELETE || this == RETRY && workflow.phase() == Phase.FINISHED)
				&& workflow.provenance() == Provenance.ADOPTED;
	}

	private static boolean isInReview(Workflow workflow) {
		return workflow.phase() == Phase.NEEDS_REVIEW;
	}

	private static String ofRetry(Workflow workflow) {
		return (workflow.phase() == Phase.FINISHED)
				? "DeleteWorkflow is sent to AWS for the failed workflow, since its flow may still hold the FlowName. "
						+ "Then CreateIntegrationWorkflow is sent for a new workflow with the same request."
				: "AWS does not have this workflow. CreateIntegrationWorkflow is sent to AWS for a new one with the "
						+ "same request.";
	}

	private static boolean canBeDeleted(Workflow workflow) {
		return !workflow.isDeletionRequested() && switch (workflow.phase()) {
			case ACCEPTED, SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, SUBMITTED, FINISHED -> true;
			case REJECTED, CANCELLED, DELETING, DELETED -> false;
		};
	}

	private static String ofDeletion(Workflow workflow) {
		return switch (workflow.phase()) {
			case SUBMITTED, FINISHED ->
				"DeleteWorkflow is sent to AWS, which deletes the workflow and its integration. "
						+ "Profiles that it made may stay.";
			case SUBMITTING, UNCONFIRMED, NEEDS_REVIEW ->
				"It is not known yet whether AWS has it. The deletion is remembered, and sent to AWS once that is known.";
			case ACCEPTED, REJECTED, CANCELLED, DELETING, DELETED ->
				"Nothing was sent to AWS yet, and nothing will be: the workflow is cancelled.";
		};
	}

	private static boolean hasFlow(Workflow workflow) {
		return workflow.phase() == Phase.FINISHED && workflow.status() == Status.COMPLETE && workflow.flow() != null
				&& workflow.flowHealth() != FlowHealth.GONE;
	}

	public String path() {
		return path;
	}

	public String label() {
		return label;
	}

	/** Whether it takes something away. */
	public boolean isHarsh() {
		return this == DELETE || this == GIVE_UP || this == STOP_FLOW;
	}

}
