package io.profileworkflows.integration;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads schedule expressions. AppFlow takes a rate only without spaces and in the plural,
 * while AWS's own documentation of this operation writes it with a space.
 */
final class ScheduleExpression {

	static final String EXPECTED = "must be a rate such as rate(5minutes), in minutes, hours, days, weeks or months, "
			+ "or cron(...) with six fields, of at most 256 characters";

	private static final int MAX_LENGTH = 256;

	private static final Pattern RATE = Pattern
		.compile("rate\\s*\\(\\s*0*([1-9][0-9]{0,5})\\s*(minute|hour|day|week|month)s?\\s*\\)");

	private static final Pattern CRON = Pattern
		.compile("cron\\s*\\(\\s*([0-9A-Za-z*?,/#-]+(?:\\s+[0-9A-Za-z*?,/#-]+){5})\\s*\\)");

	private ScheduleExpression() {
	}

	/**
	 * The one spelling AppFlow takes, or the expression as it is where it is none.
	 */
	@SuppressWarnings("NullAway")
	static String canonical(String expression) {
		if (expression == null || expression.length() > MAX_LENGTH) {
			return expression;
		}
		var stripped = expression.strip();
		var rate = RATE.matcher(stripped);
		if (rate.matches()) {
			return "rate(" + rate.group(1) + rate.group(2) + "s)";
		}
		var cron = CRON.matcher(stripped);
		return cron.matches() ? "cron(" + cron.group(1).replaceAll("\\s+", " ") + ")" : expression;
	}

	static boolean isUnderstood(String expression) {
		return expression.length() <= MAX_LENGTH
				&& (RATE.matcher(expression).matches() || CRON.matcher(expression).matches());
	}

	static boolean isCron(String expression) {
		return CRON.matcher(expression).matches();
	}

	/**
	 * The shortest time between two runs, or null where the expression is not a rate.
	 */
	static @Nullable Duration interval(String expression) {
		var rate = RATE.matcher(expression);
		if (!rate.matches()) {
			return null;
		}
		var count = Long.parseLong(rate.group(1));
		return switch (rate.group(2)) {
			case "minute" -> Duration.ofMinutes(count);
			case "hour" -> Duration.ofHours(count);
			case "day" -> Duration.ofDays(count);
			case "week" -> Duration.ofDays(7 * count);
			default -> Duration.ofDays(28 * count);
		};
	}

}
