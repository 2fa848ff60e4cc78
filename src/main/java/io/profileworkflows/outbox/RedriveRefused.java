package io.profileworkflows.outbox;

/**
 * Parked work is not redriven, because it needs another decision of an operator.
 */
public class RedriveRefused extends RuntimeException {

	public RedriveRefused(String message) {
		super(message);
	}

}
