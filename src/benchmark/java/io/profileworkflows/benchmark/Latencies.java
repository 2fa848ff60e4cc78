package io.profileworkflows.benchmark;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times that things took, all of them kept.
 */
final class Latencies {

	private final long[] nanos;

	private final AtomicInteger size = new AtomicInteger();

	Latencies(int capacity) {
		this.nanos = new long[capacity];
	}

	int capacity() {
		return nanos.length;
	}

	int size() {
		return size.get();
	}

	void add(long nanos) {
		this.nanos[size.getAndIncrement()] = nanos;
	}

	/** In milliseconds. */
	double percentile(double percent) {
		var sorted = Arrays.copyOf(nanos, size.get());
		Arrays.sort(sorted);
		return sorted[(int) Math.ceil(sorted.length * percent / 100) - 1] / 1e6;
	}

	@Override
	public String toString() {
		return "p50 %.2f ms, p99 %.2f ms, longest %.2f ms of %d".formatted(percentile(50), percentile(99),
				percentile(100), size());
	}

}
