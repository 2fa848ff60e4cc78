package io.profileworkflows.workflow;

/**
 * An adopted workflow is deleted only when an operator confirms it, because AWS deletes
 * all its resources with it.
 */
public class AdoptionUnconfirmed extends RuntimeException {

	AdoptionUnconfirmed(WorkflowId id) {
		super("Workflow %s was adopted: an operator has to confirm its deletion with confirm-adopted=true"
			.formatted(id));
	}

}
