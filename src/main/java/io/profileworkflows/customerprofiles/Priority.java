package io.profileworkflows.customerprofiles;

/**
 * Whose reads go first when the budget is short, the first named first.
 */
public enum Priority {

	/** Finds out whether an attempt made a workflow. */
	RECONCILIATION,
	/** Somebody waits for the answer. */
	CALLER,
	/** Follows what runs. */
	SWEEP

}
