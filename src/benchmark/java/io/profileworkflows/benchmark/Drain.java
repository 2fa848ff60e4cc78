package io.profileworkflows.benchmark;

import io.profileworkflows.benchmark.Clients.Throughput;

/**
 * Works off all submissions that wait.
 */
final class Drain {

	private Drain() {
	}

	/** From the start of the worker until the last one is written down. */
	static Throughput of(Service replica, int number) throws InterruptedException {
		var begin = System.nanoTime();
		replica.work();
		replica.finish(number);
		var throughput = new Throughput(number, System.nanoTime() - begin);
		replica.rest();
		return throughput;
	}

}
