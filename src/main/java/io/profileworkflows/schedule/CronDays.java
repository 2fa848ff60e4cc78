package io.profileworkflows.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The two fields that choose days, with the forms that only they have.
 *
 * @param any whether the field leaves the choice to the other one
 */
record CronDays(Predicate<LocalDate> matches, boolean any) {

	private static final CronDays ANY = new CronDays(_ -> true, true);

	private static final Pattern FROM_LAST = Pattern.compile("L(?:-([0-9]{1,2}))?");

	private static final Pattern WEEKDAY = Pattern.compile("(?:([0-9]{1,2})|L)W");

	private static final Pattern LAST_OF_KIND = Pattern.compile("([1-7]|[A-Z]{3})L");

	private static final Pattern NTH_OF_KIND = Pattern.compile("([1-7]|[A-Z]{3})#([1-5])");

	private static final int DAYS_OF_MONTH = 31;

	static @Nullable CronDays ofMonth(String text, List<String> doubts) {
		if (text.equals("?")) {
			return ANY;
		}
		var form = text.toUpperCase(Locale.ROOT);
		var last = FROM_LAST.matcher(form);
		if (last.matches()) {
			return fromLast(last, doubts);
		}
		var weekday = WEEKDAY.matcher(form);
		if (weekday.matches()) {
			return nearestWeekday(weekday);
		}
		var days = CronField.DAY_OF_MONTH.parse(text, doubts);
		return (days != null) ? new CronDays(date -> days.get(date.getDayOfMonth()), text.equals("*")) : null;
	}

	static @Nullable CronDays ofWeek(String text, List<String> doubts) {
		if (text.equals("?")) {
			return ANY;
		}
		var form = text.toUpperCase(Locale.ROOT);
		if (form.equals("L")) {
			return new CronDays(date -> date.getDayOfWeek() == DayOfWeek.SATURDAY, false);
		}
		var last = LAST_OF_KIND.matcher(form);
		if (last.matches()) {
			var day = CronField.DAY_OF_WEEK.value(last.group(1));
			return (day < 0) ? null : new CronDays(
					date -> number(date) == day && date.plusWeeks(1).getMonth() != date.getMonth(), false);
		}
		var nth = NTH_OF_KIND.matcher(form);
		if (nth.matches()) {
			var day = CronField.DAY_OF_WEEK.value(nth.group(1));
			var week = Integer.parseInt(nth.group(2));
			return (day < 0) ? null
					: new CronDays(date -> number(date) == day && (date.getDayOfMonth() - 1) / 7 + 1 == week, false);
		}
		var days = CronField.DAY_OF_WEEK.parse(text, doubts);
		if (days != null && text.indexOf('/') >= 0) {
			doubts.add("has in " + CronField.DAY_OF_WEEK.place() + ", a step, which AWS does not document there");
		}
		return (days != null) ? new CronDays(date -> days.get(number(date)), text.equals("*")) : null;
	}

	private static @Nullable CronDays fromLast(Matcher last, List<String> doubts) {
		if (last.group(1) == null) {
			return new CronDays(date -> date.getDayOfMonth() == date.lengthOfMonth(), false);
		}
		var before = Integer.parseInt(last.group(1));
		if (before >= DAYS_OF_MONTH) {
			return null;
		}
		doubts.add("has in " + CronField.DAY_OF_MONTH.place() + ", a day before the last, which AWS does not document");
		return new CronDays(date -> date.getDayOfMonth() == date.lengthOfMonth() - before, false);
	}

	private static @Nullable CronDays nearestWeekday(Matcher weekday) {
		if (weekday.group(1) == null) {
			return new CronDays(date -> date.equals(weekdayNear(date.with(TemporalAdjusters.lastDayOfMonth()))), false);
		}
		var day = Integer.parseInt(weekday.group(1));
		if (day < 1 || day > DAYS_OF_MONTH) {
			return null;
		}
		return new CronDays(date -> day <= date.lengthOfMonth() && date.equals(weekdayNear(date.withDayOfMonth(day))),
				false);
	}

	/** The nearest day from Monday to Friday in the same month. */
	private static LocalDate weekdayNear(LocalDate date) {
		return switch (date.getDayOfWeek()) {
			case SATURDAY -> (date.getDayOfMonth() == 1) ? date.plusDays(2) : date.minusDays(1);
			case SUNDAY -> (date.getDayOfMonth() == date.lengthOfMonth()) ? date.minusDays(2) : date.plusDays(1);
			default -> date;
		};
	}

	/** AWS's number of the day: Sunday is 1. */
	private static int number(LocalDate date) {
		return date.getDayOfWeek().getValue() % 7 + 1;
	}

}
