package io.profileworkflows.workflow;

import java.util.concurrent.CountDownLatch;

/**
 * Waits within transactions, whose callbacks throw nothing checked.
 */
public final class Latches {

	private Latches() {
	}

	public static boolean await(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
