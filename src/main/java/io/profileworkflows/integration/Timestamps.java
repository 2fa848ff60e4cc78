package io.profileworkflows.integration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Reads times as AWS writes them, and as people do.
 */
final class Timestamps {

	private static final BigDecimal YEAR_10000 = BigDecimal.valueOf(253_402_300_800L);

	private static final int NANOS = 9;

	/** With fewer digits it may as well be meant as a date or a year. */
	private static final Pattern SECONDS = Pattern.compile("[0-9]{9,18}(?:\\.[0-9]{1,30})?");

	private static final Pattern ISO = Pattern.compile(
			"(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})" + "(?:[Tt ](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
					+ " ?(?<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2}){0,2})?)?");

	private static final String FORMS = "must be a time: seconds since 1970 as a number, such as 1924988400, "
			+ "or ISO 8601, such as 2031-01-01T00:00:00Z or 2031-01-01";

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
		return read(node.stringValue());
	}

	/**
	 * Takes what the AWS CLI takes, as far as it can mean only one thing: a file for the
	 * CLI is a valid document. Like the CLI and YAML, it reads a time without an offset
	 * as UTC.
	 */
	static Instant read(String text) throws NotATime {
		if (SECONDS.matcher(text).matches()) {
			return ofSeconds(new BigDecimal(text));
		}
		var iso = ISO.matcher(text);
		if (!iso.matches()) {
			throw new NotATime(FORMS);
		}
		return checked(parse(iso));
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

	private static Instant parse(Matcher iso) throws NotATime {
		try {
			var time = (iso.group("time") != null) ? LocalTime.parse(iso.group("time")) : LocalTime.MIDNIGHT;
			var offset = (iso.group("offset") != null) ? ZoneOffset.of(iso.group("offset").toUpperCase(Locale.ROOT))
					: ZoneOffset.UTC;
			return LocalDate.parse(iso.group("date")).atTime(time).toInstant(offset);
		}
		catch (DateTimeException _) {
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
