package io.profileworkflows.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * When a flow runs.
 */
public sealed interface Schedule permits RateSchedule, CronSchedule {

	/** AWS's limit. */
	int MAX_LENGTH = 256;

	String EXPECTED = "must be a rate such as rate(5minutes), in minutes, hours, days, weeks or months, "
			+ "or cron(...) with six fields, of at most 256 characters";

	/**
	 * Reads an expression and finds all its mistakes. No message repeats any part of it.
	 */
	static Parsed parse(String expression) {
		if (expression.length() > MAX_LENGTH) {
			return Parsed.mistaken(List.of(EXPECTED));
		}
		var rate = RateSchedule.parse(expression);
		if (rate != null) {
			return new Parsed(rate, List.of(), rate.doubts());
		}
		var fields = CronSchedule.fields(expression);
		return (fields != null) ? CronSchedule.parse(fields) : Parsed.mistaken(List.of(EXPECTED));
	}

	/**
	 * The one spelling that AppFlow takes, or the expression as it is where it is none.
	 * AppFlow takes a rate only without spaces and in the plural, while AWS's own
	 * documentation of CreateIntegrationWorkflow writes it with a space.
	 */
	static String canonical(String expression) {
		if (expression.length() > MAX_LENGTH) {
			return expression;
		}
		var rate = RateSchedule.parse(expression);
		if (rate != null) {
			return rate.toString();
		}
		var fields = CronSchedule.fields(expression);
		return (fields != null) ? "cron(" + String.join(" ", fields) + ")" : expression;
	}

	/**
	 * When it runs next.
	 * @param after the run is later than this
	 * @param start when the schedule begins: no run is earlier, and rates count from here
	 * @param zone where days begin. For flows of AppFlow it is UTC: to AppFlow their time
	 * zone is a label, which shifts nothing
	 * @return the time of the run, or null if there is none before the year 10000
	 */
	@Nullable Instant nextRun(Instant after, Instant start, ZoneId zone);

	/**
	 * The shortest time between a run and the next one, in a zone without summer time.
	 * @return the time, or null where there are not two runs
	 */
	@Nullable Duration shortestInterval();

	/**
	 * What an expression says.
	 *
	 * @param schedule null exactly when there are mistakes
	 * @param mistakes why it is no schedule
	 * @param doubts why AWS may not take it, or why it may not be what is meant
	 */
	record Parsed(@Nullable Schedule schedule, List<String> mistakes, List<String> doubts) {

		public Parsed {
			mistakes = List.copyOf(mistakes);
			doubts = List.copyOf(doubts);
			if ((schedule == null) == mistakes.isEmpty()) {
				throw new IllegalArgumentException("An expression has either a schedule or mistakes");
			}
		}

		static Parsed mistaken(List<String> mistakes) {
			return new Parsed(null, mistakes, List.of());
		}

	}

}
