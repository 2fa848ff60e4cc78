package io.profileworkflows.operations;

/**
 * What may be done with many workflows at once.
 */
public enum BulkAction {

	/** Tries those again that failed. */
	RETRY,
	/** Deletes them. */
	DELETE,
	/** Changes their tags. */
	TAG

}
