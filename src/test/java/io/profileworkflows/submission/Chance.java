package io.profileworkflows.submission;

import java.util.SplittableRandom;

/**
 * All that is left to chance in a schedule, from its seed.
 */
final class Chance {

	private final SplittableRandom random;

	Chance(long seed) {
		this.random = new SplittableRandom(seed);
	}

	boolean oneIn(int times) {
		return random.nextInt(times) == 0;
	}

	/** Both ends included. */
	int between(int least, int most) {
		return random.nextInt(least, most + 1);
	}

	/** Both ends included. */
	long between(long least, long most) {
		return random.nextLong(least, most + 1);
	}

	/** Near the end in half of all cases: what goes wrong goes wrong at the borders. */
	long upTo(long most) {
		return random.nextBoolean() ? between(most * 9 / 10, most) : between(0, most);
	}

	<T> T pick(T[] values) {
		return values[random.nextInt(values.length)];
	}

}
