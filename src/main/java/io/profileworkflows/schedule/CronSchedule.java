package io.profileworkflows.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/**
 * Runs on some days at some times of the day. The rules are those that EventBridge
 * documents for cron; that AppFlow's are the same is likely, but documented nowhere, so
 * that what only these rules forbid is a doubt and no mistake.
 */
final class CronSchedule implements Schedule {

	private static final Pattern CRON = Pattern
		.compile("cron\\s*\\(\\s*([0-9A-Za-z*?,/#-]+(?:\\s+[0-9A-Za-z*?,/#-]+){5})\\s*\\)");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	/** In minutes. */
	private static final long DAY = Duration.ofDays(1).toMinutes();

	/** The years after which the days of the week fall on the same dates again. */
	private static final int CYCLE = 28;

	private final BitSet minutes;

	private final BitSet hours;

	private final CronDays daysOfMonth;

	private final BitSet months;

	private final CronDays daysOfWeek;

	private final BitSet years;

	private CronSchedule(BitSet minutes, BitSet hours, CronDays daysOfMonth, BitSet months, CronDays daysOfWeek,
			BitSet years) {
		this.minutes = minutes;
		this.hours = hours;
		this.daysOfMonth = daysOfMonth;
		this.months = months;
		this.daysOfWeek = daysOfWeek;
		this.years = years;
	}

	/** The six fields, or null where it is no cron expression at all. */
	static @Nullable List<String> fields(String expression) {
		var cron = CRON.matcher(expression.strip());
		return cron.matches() ? List.of(SPACE.split(cron.group(1))) : null;
	}

	static Parsed parse(List<String> fields) {
		var mistakes = new ArrayList<String>();
		var doubts = new ArrayList<String>();
		var minutes = required(CronField.MINUTES, CronField.MINUTES.parse(fields.get(0), doubts), mistakes);
		var hours = required(CronField.HOURS, CronField.HOURS.parse(fields.get(1), doubts), mistakes);
		var daysOfMonth = required(CronField.DAY_OF_MONTH, CronDays.ofMonth(fields.get(2), doubts), mistakes);
		var months = required(CronField.MONTH, CronField.MONTH.parse(fields.get(3), doubts), mistakes);
		var daysOfWeek = required(CronField.DAY_OF_WEEK, CronDays.ofWeek(fields.get(4), doubts), mistakes);
		var years = required(CronField.YEAR, CronField.YEAR.parse(fields.get(5), doubts), mistakes);
		if (minutes == null || hours == null || daysOfMonth == null || months == null || daysOfWeek == null
				|| years == null) {
			return Parsed.mistaken(mistakes);
		}
		if (fields.get(2).equals("?") == fields.get(4).equals("?")) {
			doubts.add("should have ? in one of the two fields for days, field 3 and field 5, and only in one");
		}
		return new Parsed(new CronSchedule(minutes, hours, daysOfMonth, months, daysOfWeek, years), mistakes, doubts);
	}

	private static <T> @Nullable T required(CronField field, @Nullable T value, List<String> mistakes) {
		if (value == null) {
			mistakes.add(field.expected());
		}
		return value;
	}

	/**
	 * In summer time's gap a run is left out, and of an hour that comes twice the first
	 * one counts, as EventBridge Scheduler does it.
	 */
	@Override
	public @Nullable Instant nextRun(Instant after, Instant start, ZoneId zone) {
		var since = after.isBefore(start) ? start.minusNanos(1) : after;
		var date = since.atZone(zone).toLocalDate();
		for (var day = nextDay(date); day != null; day = nextDay(day.plusDays(1))) {
			var run = firstOfDay(day, since, zone);
			if (run != null) {
				return run;
			}
		}
		return null;
	}

	private @Nullable Instant firstOfDay(LocalDate day, Instant since, ZoneId zone) {
		for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
			for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
				var local = day.atTime(LocalTime.of(hour, minute));
				var run = ZonedDateTime.of(local, zone);
				if (run.toLocalDateTime().equals(local) && run.toInstant().isAfter(since)) {
					return run.toInstant();
				}
			}
		}
		return null;
	}

	/** The first day from this one on, or null if there is none. */
	private @Nullable LocalDate nextDay(LocalDate from) {
		var day = from;
		while (true) {
			var year = years.nextSetBit(Math.max(day.getYear(), 0));
			if (year < 0) {
				return null;
			}
			if (year > day.getYear()) {
				day = LocalDate.of(year, 1, 1);
			}
			if (!months.get(day.getMonthValue())) {
				day = day.plusMonths(1).withDayOfMonth(1);
			}
			else if (isDay(day)) {
				return day;
			}
			else {
				day = day.plusDays(1);
			}
		}
	}

	/** Where both fields choose days, either will do, as in every cron that allows it. */
	private boolean isDay(LocalDate date) {
		if (daysOfMonth.any() || daysOfWeek.any()) {
			return daysOfMonth.matches().test(date) && daysOfWeek.matches().test(date);
		}
		return daysOfMonth.matches().test(date) || daysOfWeek.matches().test(date);
	}

	@Override
	public @Nullable Duration shortestInterval() {
		var first = nextDay(LocalDate.of(years.nextSetBit(0), 1, 1));
		if (first == null) {
			return null;
		}
		var times = timesOfDay();
		var within = LongStream.range(1, times.size())
			.map(index -> times.get((int) index) - times.get((int) index - 1))
			.min();
		var overnight = DAY - times.getLast() + times.getFirst();
		if (within.isPresent() && within.getAsLong() <= overnight) {
			return Duration.ofMinutes(within.getAsLong());
		}
		var days = leastDaysBetween(first);
		if (days.isEmpty()) {
			return within.isPresent() ? Duration.ofMinutes(within.getAsLong()) : null;
		}
		var between = (days.getAsLong() - 1) * DAY + overnight;
		return Duration.ofMinutes(Math.min(within.orElse(between), between));
	}

	/** Minutes after midnight. */
	private List<Long> timesOfDay() {
		return hours.stream()
			.boxed()
			.flatMap(hour -> minutes.stream().mapToObj(minute -> 60L * hour + minute))
			.toList();
	}

	private OptionalLong leastDaysBetween(LocalDate first) {
		var least = OptionalLong.empty();
		var previous = first;
		for (var day = nextDay(first.plusDays(1)); day != null; day = nextDay(day.plusDays(1))) {
			var days = day.toEpochDay() - previous.toEpochDay();
			least = OptionalLong.of(Math.min(days, least.orElse(days)));
			if (least.getAsLong() == 1 || day.getYear() - first.getYear() > CYCLE) {
				break;
			}
			previous = day;
		}
		return least;
	}

}
