package io.profileworkflows.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * A token bucket for each name. Of a bucket only the moment is kept at which it will be
 * full, and of full buckets nothing at all: there are only as many as names that asked
 * lately, and never more than a limit.
 */
class Rates {

	/** The name that rested longest is forgotten first, and begins with a full bucket. */
	private static final int MOST_NAMES = 10_000;

	private final SequencedMap<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

	private final long toFill;

	private final long perToken;

	private final LongSupplier now;

	/**
	 * @param capacity tokens in a full bucket
	 * @param perToken after which there is one more
	 */
	Rates(int capacity, Duration perToken) {
		this(capacity, perToken, System::nanoTime);
	}

	/**
	 * @param now nanoseconds since any moment
	 */
	Rates(int capacity, Duration perToken, LongSupplier now) {
		this.perToken = perToken.toNanos();
		this.toFill = capacity * this.perToken;
		this.now = now;
	}

	/**
	 * Takes a token, if there is one.
	 * @return how long it takes until there is one, zero when it was taken
	 */
	synchronized Duration take(String name) {
		var time = now.getAsLong();
		var missing = Math.max(0, fullAt.getOrDefault(name, time) - time) + perToken;
		if (missing > toFill) {
			return Duration.ofNanos(missing - toFill);
		}
		fullAt.put(name, time + missing);
		var rested = fullAt.firstEntry();
		if (fullAt.size() > MOST_NAMES || rested.getValue() - time <= 0) {
			fullAt.remove(rested.getKey());
		}
		return Duration.ZERO;
	}

	/** How many buckets are not full, as far as it remembers. */
	synchronized int size() {
		return fullAt.size();
	}

}
