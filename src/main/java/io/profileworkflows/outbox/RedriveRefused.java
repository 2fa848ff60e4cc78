package io.profileworkflows.outbox;

/**
 * Parked work is not redriven, since somebody has to decide otherwise about it.
 */
public class RedriveRefused extends RuntimeException {

	public RedriveRefused(String message) {
		super(message);
	}

}
