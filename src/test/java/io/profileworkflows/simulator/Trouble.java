package io.profileworkflows.simulator;

/**
 * What can be wrong with a flow at the simulated AppFlow.
 */
public enum Trouble {

	/** Somebody or something deactivated it. */
	SUSPENDED("Suspended"),
	/** It was never activated. */
	DRAFT("Draft"),
	/** AppFlow gave up on it. */
	ERRORED("Errored"),
	/** What it is made of is no longer offered. */
	DEPRECATED("Deprecated"),
	/** Its runs end in an error. */
	FAILING("Active"),
	/** The destination refuses some of its records. */
	REFUSING("Active"),
	/** Its runs bring no records. */
	EMPTY("Active"),
	/** Its latest run was long ago. */
	LATE("Active"),
	/** Somebody changed it by hand. */
	DRIFTED("Active"),
	/** Somebody deleted it. */
	GONE("Deleted");

	private final String status;

	Trouble(String status) {
		this.status = status;
	}

	String status() {
		return status;
	}

	boolean stopsRuns() {
		return !status.equals("Active") || this == LATE;
	}

}
