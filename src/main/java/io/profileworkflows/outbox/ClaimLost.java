package io.profileworkflows.outbox;

/**
 * Work took longer than its lease, and another worker may have it now.
 */
public class ClaimLost extends RuntimeException {

	ClaimLost(Work work) {
		super("%s is no longer held".formatted(work));
	}

}
