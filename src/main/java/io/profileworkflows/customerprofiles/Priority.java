package io.profileworkflows.customerprofiles;

/**
 * The order in which reads get a place while the budget is short.
 */
public enum Priority {

	/** Finds out whether an attempt made a workflow. */
	RECONCILIATION,
	/** Somebody waits for the answer. */
	CALLER,
	/** Follows what runs. */
	SWEEP

}
