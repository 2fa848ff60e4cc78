package io.profileworkflows.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Runs at its start and every so often after it.
 */
record RateSchedule(long count, ChronoUnit unit) implements Schedule {

	private static final Pattern RATE = Pattern
		.compile("rate\\s*\\(\\s*0*([1-9][0-9]{0,5})\\s*(minute|hour|day|week|month)s?\\s*\\)");

	private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

	private static final Duration YEAR = Duration.ofDays(366);

	/** The days of February, the shortest of months. */
	private static final int SHORTEST_MONTH = 28;

	static @Nullable RateSchedule parse(String expression) {
		var rate = RATE.matcher(expression.strip());
		return rate.matches() ? new RateSchedule(Long.parseLong(rate.group(1)), unit(rate.group(2))) : null;
	}

	List<String> doubts() {
		return (shortestInterval().compareTo(YEAR) > 0)
				? List.of("has more than a year between two runs, which AppFlow may not take") : List.of();
	}

	@Override
	public @Nullable Instant nextRun(Instant after, Instant start, ZoneId zone) {
		if (after.isBefore(start)) {
			return start;
		}
		var first = start.atZone(zone);
		var repeats = unit.between(first, after.atZone(zone)) / count;
		var next = first.plus(repeats * count, unit);
		while (!next.toInstant().isAfter(after)) {
			// from the start each time: a month after 31 January is no reason to go on
			// with the 28th
			next = first.plus(++repeats * count, unit);
		}
		var run = next.toInstant();
		return run.isBefore(YEAR_10000) ? run : null;
	}

	@Override
	public Duration shortestInterval() {
		return switch (unit) {
			case MONTHS -> Duration.ofDays(SHORTEST_MONTH * count);
			case WEEKS -> Duration.ofDays(7 * count);
			default -> Duration.of(count, unit);
		};
	}

	/** As AppFlow takes it: always in the plural. */
	@Override
	public String toString() {
		return "rate(" + count + unit.name().toLowerCase(Locale.ROOT) + ")";
	}

	private static ChronoUnit unit(String name) {
		return switch (name) {
			case "minute" -> ChronoUnit.MINUTES;
			case "hour" -> ChronoUnit.HOURS;
			case "day" -> ChronoUnit.DAYS;
			case "week" -> ChronoUnit.WEEKS;
			default -> ChronoUnit.MONTHS;
		};
	}

}
