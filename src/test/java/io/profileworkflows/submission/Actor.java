package io.profileworkflows.submission;

/**
 * Somebody in a {@link World} who does one thing at a time.
 */
interface Actor {

	long NEVER = Long.MAX_VALUE;

	/** When it does the next thing, in milliseconds since 1970. */
	long at();

	void step();

}
