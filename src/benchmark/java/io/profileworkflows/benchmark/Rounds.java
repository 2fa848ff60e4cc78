package io.profileworkflows.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import io.profileworkflows.benchmark.Clients.Throughput;

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

	/** Rounds without a better one, after which it is as fast as it gets. */
	private static final int STEADY = 6;

	private static final int MOST_TO_WARM_UP = SHORT ? 1 : 30;

	private final Map<String, Variant> variants = new LinkedHashMap<>();

	private final int number;

	Rounds() {
		this(NUMBER);
	}

	private Rounds(int number) {
		this.number = number;
	}

	/** Where one round says little. */
	static Rounds many() {
		return new Rounds(2 * NUMBER + 1);
	}

	/**
	 * Lets the JVM compile what is used, which takes it minutes on two cores: before
	 * that, it is the compilers that are measured.
	 */
	static void untilSteady(String name, Measurement round) throws Exception {
		untilSteady(name, "%.0f/s at best", () -> round.measure().perSecond());
	}

	/** The same for how soon something is done. */
	static void untilSoon(String name, Callable<Latencies> round) throws Exception {
		untilSteady(name, "%.0f in a second one after the other, at best", () -> 1000 / round.call().percentile(50));
	}

	private static void untilSteady(String name, String format, Callable<Double> round) throws Exception {
		var best = 0.0;
		var since = 0;
		var number = 0;
		for (; number < MOST_TO_WARM_UP && since < STEADY; number++) {
			var speed = round.call();
			since = (speed > 1.05 * best) ? 0 : since + 1;
			best = Math.max(best, speed);
			// it takes minutes in which nothing else is to be seen
			System.out.printf("%s: %.0f/s in round %d of the warm-up%n", name, speed, number + 1);
		}
		System.out.printf("%s: warm after %d rounds, " + format + "%n", name, number, best);
	}

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
		for (int round = 1; round <= number; round++) {
			for (var variant : variants.entrySet()) {
				var begin = System.nanoTime();
				var result = variant.getValue().measure();
				System.out.printf("%s, round %d of %d: %s; took %d s%n", variant.getKey(), round, number, result,
						Duration.ofNanos(System.nanoTime() - begin).toSeconds());
			}
		}
	}

	/**
	 * Measures a throughput once.
	 */
	interface Measurement {

		Throughput measure() throws Exception;

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
