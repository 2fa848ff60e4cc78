package io.profileworkflows.submission;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How often everything happened.
 */
final class Tally {

	private final long[] counts = new long[Happening.values().length];

	void count(Happening happening) {
		counts[happening.ordinal()]++;
	}

	long of(Happening happening) {
		return counts[happening.ordinal()];
	}

	@Override
	public String toString() {
		return Arrays.stream(Happening.values())
			.map(happening -> happening + " " + of(happening))
			.collect(Collectors.joining(", "));
	}

}
