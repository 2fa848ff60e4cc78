package io.profileworkflows.workflow;

/**
 * How this service knows which workflow at AWS is its own.
 */
public enum Provenance {

	/** AWS answered an attempt of ours with its id. */
	CREATED,
	/** Found at AWS after an attempt whose answer was lost, and taken for ours. */
	ADOPTED

}
