package io.profileworkflows.benchmark;

import java.util.List;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.workflow.Workflows;

import org.springframework.transaction.support.TransactionOperations;

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
		var original = replica.bean(Workflows.class)
			.accept(SampleRequest.of(Requests.domain(0), names + "original").request(), List.of(), "anonymous", null)
			.workflow();
		new Copies(replica.jdbc(), replica.bean(TransactionOperations.class)).make(original.id().value(), number - 1,
				names, "1 minute");
		replica.settle();
	}

}
