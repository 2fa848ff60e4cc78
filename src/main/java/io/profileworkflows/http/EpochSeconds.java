package io.profileworkflows.http;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * AWS's form of a timestamp: seconds since 1970 as a number, to the millisecond.
 */
public final class EpochSeconds {

	private EpochSeconds() {
	}

	public static BigDecimal of(Instant instant) {
		return BigDecimal.valueOf(instant.toEpochMilli(), 3);
	}

	public static @Nullable BigDecimal ofNullable(@Nullable Instant instant) {
		return (instant != null) ? of(instant) : null;
	}

}
