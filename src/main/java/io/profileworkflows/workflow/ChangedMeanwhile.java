package io.profileworkflows.workflow;

/**
 * The condition of a change does not hold.
 */
public class ChangedMeanwhile extends RuntimeException {

	public ChangedMeanwhile(String message) {
		super(message);
	}

}
