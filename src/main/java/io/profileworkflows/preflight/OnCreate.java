package io.profileworkflows.preflight;

/**
 * What a failed check means for a request that is no dry run.
 */
enum OnCreate {

	/** Nothing is checked. */
	OFF,
	/** The request is accepted with a warning. */
	WARN,
	/** The request is refused, if a workflow would surely go wrong. */
	REFUSE

}
