package io.profileworkflows.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a field of a cron expression may say.
 */
enum CronField {

	MINUTES(1, "minutes", 0, 59, List.of(), "numbers from 0 to 59 with , - * and /"),
	HOURS(2, "hours", 0, 23, List.of(), "numbers from 0 to 23 with , - * and /"),
	DAY_OF_MONTH(3, "day of the month", 1, 31, List.of(), "numbers from 1 to 31 with , - * ? / L and W"),
	MONTH(4, "month", 1, 12,
			List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
			"numbers from 1 to 12 or names from JAN to DEC with , - * and /"),
	DAY_OF_WEEK(5, "day of the week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
			"numbers from 1 (Sunday) to 7 or names from SUN to SAT with , - * ? L and #"),
	YEAR(6, "year", 1970, 2199, List.of(), "numbers from 1970 to 2199 with , - * and /");

	private final int position;

	private final String title;

	private final int least;

	private final int most;

	private final List<String> names;

	private final String form;

	CronField(int position, String title, int least, int most, List<String> names, String form) {
		this.position = position;
		this.title = title;
		this.least = least;
		this.most = most;
		this.names = names;
		this.form = form;
	}

	int least() {
		return least;
	}

	int most() {
		return most;
	}

	String expected() {
		return "must have in field " + position + ", the " + title + ", " + form;
	}

	/** Where the field is, for a message. */
	String place() {
		return "field " + position + ", the " + title;
	}

	/**
	 * Reads a list of values, ranges and steps.
	 * @param doubts where to note what AWS may read otherwise
	 * @return the values, or null where it is no such list
	 */
	@Nullable BitSet parse(String text, List<String> doubts) {
		var values = new BitSet();
		for (var part : text.split(",", -1)) {
			if (!addPart(part, values, doubts)) {
				return null;
			}
		}
		return values;
	}

	private boolean addPart(String part, BitSet values, List<String> doubts) {
		var slash = part.indexOf('/');
		var base = (slash < 0) ? part : part.substring(0, slash);
		var step = (slash < 0) ? 1 : number(part.substring(slash + 1));
		var range = range(base, slash >= 0);
		if (step < 1 || range == null) {
			return false;
		}
		if (step > most - least) {
			doubts.add("has in " + place() + ", a step that is longer than the field");
		}
		if (range.from() > range.to()) {
			doubts.add("has in " + place() + ", a range that ends before it begins");
		}
		var length = Math.floorMod(range.to() - range.from(), most - least + 1);
		for (long offset = 0; offset <= length; offset += step) {
			values.set(least + (int) ((range.from() - least + offset) % (most - least + 1)));
		}
		return true;
	}

	/** A value with a step counts from there to the end of the field. */
	private @Nullable Range range(String text, boolean stepped) {
		if (text.equals("*")) {
			return new Range(least, most);
		}
		var dash = text.indexOf('-');
		var from = value((dash < 0) ? text : text.substring(0, dash));
		var to = (dash >= 0) ? value(text.substring(dash + 1)) : stepped ? most : from;
		return (from >= 0 && to >= 0) ? new Range(from, to) : null;
	}

	/** The value of a number or name, or -1 where it is none of this field. */
	int value(String text) {
		var name = names.indexOf(text.toUpperCase(Locale.ROOT));
		var value = (name >= 0) ? least + name : number(text);
		return (value >= least && value <= most) ? value : -1;
	}

	private static int number(String text) {
		if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
			return -1;
		}
		return Integer.parseInt(text);
	}

	private record Range(int from, int to) {
	}

}
