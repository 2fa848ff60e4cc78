package io.profileworkflows.workflow;

/**
 * The health of the flow that a complete workflow left at AppFlow, the worst first. If
 * several apply, the first one is shown.
 */
public enum FlowHealth {

	/** AppFlow does not know it any more. */
	GONE,
	/** It is switched off though it has a schedule or an event to run on. */
	INACTIVE,
	/** The last run ended in an error, or records of it were refused. */
	FAILING,
	/** It is not what was asked for. */
	DRIFTED,
	/** A run is overdue by more than its interval. */
	LATE,
	/** Several runs in a row brought no records. */
	EMPTY,
	/** AppFlow may not be read, or was not read yet. */
	UNKNOWN,
	/** It has not run yet, and no run is overdue. */
	PENDING,
	/** It does what it is there for. */
	HEALTHY

}
