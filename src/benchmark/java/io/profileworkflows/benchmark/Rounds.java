package io.profileworkflows.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Variants take turns, so that what else the machine does falls on all of them alike.
 */
final class Rounds {

	/** Only to see that everything runs: the figures mean nothing. */
	static final boolean SHORT = Boolean.getBoolean("benchmark.short");

	/** What takes many minutes to show. */
	static final boolean LONG = Boolean.getBoolean("benchmark.long");

	private static final int NUMBER = Integer.getInteger("benchmark.rounds", SHORT ? 1 : 3);

	/** Whether the figures are worth to be kept. */
	static final boolean KEPT = !SHORT && NUMBER >= 3;

	private final Map<String, Variant> variants = new LinkedHashMap<>();

	static Duration seconds(int seconds) {
		return Duration.ofSeconds(SHORT ? Math.max(1, seconds / 10) : seconds);
	}

	static int count(int number) {
		return SHORT ? Math.max(1, number / 50) : number;
	}

	/**
	 * @param measurement makes one round, and adds what it brought
	 */
	Rounds with(String name, Variant measurement) {
		variants.put(name, measurement);
		return this;
	}

	void run() throws Exception {
		for (int round = 1; round <= NUMBER; round++) {
			for (var variant : variants.entrySet()) {
				var begin = System.nanoTime();
				var result = variant.getValue().measure();
				System.out.printf("%s, round %d of %d: %s; took %d s%n", variant.getKey(), round, NUMBER, result,
						Duration.ofNanos(System.nanoTime() - begin).toSeconds());
			}
		}
	}

	/**
	 * Measures once.
	 */
	interface Variant {

		/**
		 * @return what it brought, to be printed
		 */
		String measure() throws Exception;

	}

}
