package io.profileworkflows.workflow;

/**
 * This process has as many watchers as it takes.
 */
public class TooManyWatchers extends RuntimeException {

	TooManyWatchers(int most) {
		super("There are %d callers who wait or follow changes, as many as there may be".formatted(most));
	}

}
