package io.profileworkflows.flows;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.profileworkflows.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * When a scheduled flow is to run.
 *
 * @param start no run is earlier
 * @param end no run is later
 * @param since when the flow is known to have been there first
 */
record Timetable(String expression, @Nullable Instant start, @Nullable Instant end, @Nullable String timezone,
		Instant since) {

	/** How late a run may be that no other one follows. */
	private static final Duration UNREPEATED = Duration.ofDays(1);

	/**
	 * The run that follows another one.
	 * @param lastRun when that one began, or null where there was none
	 * @return null where none follows, or nobody here can tell
	 */
	@Nullable Due after(@Nullable Instant lastRun) {
		var read = Schedule.parse(expression).schedule();
		var due = (read != null) ? due(read, lastRun, ZoneOffset.UTC) : null;
		if (read == null || due == null || due.at().isAfter(latest())) {
			return null;
		}
		// AWS calls the time zone a label; a run counts as late only where it is in both
		var elsewhere = due(read, lastRun, zone());
		return (elsewhere != null && elsewhere.late().isAfter(due.late())) ? new Due(due.at(), elsewhere.late()) : due;
	}

	private @Nullable Due due(Schedule read, @Nullable Instant lastRun, ZoneId zone) {
		var begin = (start != null) ? start : earlier(lastRun);
		var after = (lastRun != null && !lastRun.isBefore(begin)) ? lastRun : begin.minusNanos(1);
		var at = read.nextRun(after, begin, zone);
		var next = (at != null) ? read.nextRun(at, begin, zone) : null;
		if (at == null) {
			return null;
		}
		return new Due(at, (next != null) ? next : at.plus(UNREPEATED));
	}

	/** A flow that ran before anybody here knew of it was there by then. */
	private Instant earlier(@Nullable Instant lastRun) {
		return (lastRun != null && lastRun.isBefore(since)) ? lastRun : since;
	}

	private Instant latest() {
		return (end != null) ? end : Instant.MAX;
	}

	private ZoneId zone() {
		try {
			return (timezone != null) ? ZoneId.of(timezone) : ZoneOffset.UTC;
		}
		catch (DateTimeException _) {
			return ZoneOffset.UTC;
		}
	}

	/**
	 * A run that is due.
	 *
	 * @param late the moment from which on it is overdue by more than its interval
	 */
	record Due(Instant at, Instant late) {

		boolean isLate(Instant now) {
			return now.isAfter(late);
		}

	}

}
