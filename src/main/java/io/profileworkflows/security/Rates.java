package io.profileworkflows.security;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * A token bucket for each name that asked lately. One that has rested for as long as it
 * takes to fill is forgotten: a new one is as full.
 */
class Rates {

	/** Of more, those that ask least are forgotten, and begin with a full bucket. */
	private static final int MOST_NAMES = 10_000;

	private final LoadingCache<String, Bucket> buckets;

	/**
	 * @param capacity tokens in a full bucket
	 * @param perToken after which there is one more
	 */
	Rates(int capacity, Duration perToken) {
		this(capacity, perToken, Ticker.systemTicker());
	}

	/**
	 * @param ticker tells the nanoseconds since any moment
	 */
	Rates(int capacity, Duration perToken, Ticker ticker) {
		var limit = Bandwidth.builder().capacity(capacity).refillGreedy(1, perToken).build();
		var clock = new Clock(ticker);
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MOST_NAMES)
			.expireAfterAccess(perToken.multipliedBy(capacity))
			.ticker(ticker)
			.build(_ -> Bucket.builder().addLimit(limit).withCustomTimePrecision(clock).build());
	}

	/**
	 * Takes a token, if there is one.
	 * @return how long it takes until there is one, zero when it was taken
	 */
	Duration take(String name) {
		return Duration.ofNanos(buckets.get(name).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
	}

	/** How many buckets there are. */
	long size() {
		buckets.cleanUp();
		return buckets.estimatedSize();
	}

	private record Clock(Ticker ticker) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return ticker.read();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
