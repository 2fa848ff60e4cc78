package io.profileworkflows.workflow;

/**
 * A change was asked for on a condition that does not hold.
 */
public class ChangedMeanwhile extends RuntimeException {

	public ChangedMeanwhile(String message) {
		super(message);
	}

}
