package io.profileworkflows.outbox;

/**
 * Work took longer than its lease, and may be somebody else's by now.
 */
public class ClaimLost extends RuntimeException {

	ClaimLost(Work work) {
		super("%s is no longer held".formatted(work));
	}

}
