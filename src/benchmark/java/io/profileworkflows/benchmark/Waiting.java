package io.profileworkflows.benchmark;

/**
 * Submissions that wait for a worker, as many as one likes.
 */
final class Waiting {

	private static int times;

	private Waiting() {
	}

	/** Works off as many as that, beginning with none. */
	static Clients.Throughput drain(Service replica, int number) throws InterruptedException {
		replica.empty();
		submissions(replica, number);
		return Drain.of(replica, number);
	}

	/** Has so many wait, one of them accepted and the others its copies. */
	static void submissions(Service replica, int number) {
		var names = "waiting-%d-".formatted(++times);
		var original = Clients.accept(replica.port());
		new Copies(replica.jdbc(), replica.transaction()).make(original, number - 1, names, "1 minute");
		replica.settle();
	}

}
