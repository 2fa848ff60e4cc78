package io.profileworkflows.integration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import tools.jackson.databind.JsonNode;

/**
 * Reads times as AWS writes them, and as people do.
 */
final class Timestamps {

	private static final BigDecimal YEAR_10000 = BigDecimal.valueOf(253_402_300_800L);

	private static final int NANOS = 9;

	private static final String FORMS = "must be a time: seconds since 1970 as a number, such as 1924988400, "
			+ "or ISO 8601 with an offset, such as 2031-01-01T00:00:00Z";

	private static final String RANGE = "must be a time from 1970 to 9999, in seconds and not milliseconds";

	private static final String PRECISION = "must be a time with at most nanoseconds";

	private Timestamps() {
	}

	static Instant read(JsonNode node) throws NotATime {
		if (node.isNumber()) {
			return ofSeconds(node.decimalValue());
		}
		if (!node.isString()) {
			throw new NotATime(FORMS);
		}
		return checked(parse(node.stringValue()));
	}

	private static Instant ofSeconds(BigDecimal seconds) throws NotATime {
		// compared before anything else: an exponent may be far too large to compute with
		if (seconds.signum() < 0 || seconds.compareTo(YEAR_10000) >= 0) {
			throw new NotATime(RANGE);
		}
		var exact = seconds.stripTrailingZeros();
		if (exact.scale() > NANOS) {
			throw new NotATime(PRECISION);
		}
		var parts = exact.movePointRight(NANOS).toBigIntegerExact().divideAndRemainder(BigInteger.TEN.pow(NANOS));
		return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
	}

	private static Instant parse(String text) throws NotATime {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException ex) {
			throw new NotATime(FORMS);
		}
	}

	private static Instant checked(Instant time) throws NotATime {
		if (time.getEpochSecond() < 0 || time.getEpochSecond() >= YEAR_10000.longValueExact()) {
			throw new NotATime(RANGE);
		}
		return time;
	}

	static final class NotATime extends Exception {

		private final String expected;

		NotATime(String expected) {
			super(expected, null, false, false);
			this.expected = expected;
		}

		String expected() {
			return expected;
		}

	}

}
