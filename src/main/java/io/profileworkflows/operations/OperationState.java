package io.profileworkflows.operations;

/**
 * How far an action on many workflows is.
 */
public enum OperationState {

	/** It acts on one workflow after the other. */
	RUNNING,
	/** Something came of each. */
	FINISHED,
	/** Stopped by a caller; what came of some stays as it is. */
	CANCELLED

}
