package io.profileworkflows.benchmark;

import java.time.Duration;

import io.profileworkflows.benchmark.Clients.Throughput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Works off all submissions that wait.
 */
final class Drain {

	private static final Duration LOOK = Duration.ofMillis(5);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private Drain() {
	}

	/** From the start of the worker until the last one is written down. */
	static Throughput of(Service replica, int number) throws InterruptedException {
		var begin = System.nanoTime();
		replica.work();
		while (replica.isBusy()) {
			Thread.sleep(LOOK);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to drain %d", number).isLessThan(PATIENCE);
		}
		var throughput = new Throughput(number, System.nanoTime() - begin);
		replica.rest();
		return throughput;
	}

}
