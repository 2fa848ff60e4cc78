package io.profileworkflows.workflow;

/**
 * A workflow that was found at AWS and taken for ours is deleted only when an operator
 * confirms it, since AWS deletes all its resources with it.
 */
public class AdoptionUnconfirmed extends RuntimeException {

	AdoptionUnconfirmed(WorkflowId id) {
		super("Workflow %s was adopted: an operator has to confirm its deletion with confirm-adopted=true"
			.formatted(id));
	}

}
