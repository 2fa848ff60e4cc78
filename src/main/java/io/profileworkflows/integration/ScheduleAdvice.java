package io.profileworkflows.integration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import io.profileworkflows.schedule.Schedule;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule probably does not mean.
 */
class ScheduleAdvice implements ConstraintValidator<Advisable, ScheduledTriggerProperties> {

	/** From this interval on nobody need mind the calls. */
	private static final Duration FREQUENT = Duration.ofHours(1);

	private static final Duration LEAD = Duration.ofMinutes(5);

	private static final Set<String> UTC = Set.of("UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu");

	private final Clock clock;

	ScheduleAdvice(Clock clock) {
		this.clock = clock;
	}

	@Override
	public boolean isValid(ScheduledTriggerProperties schedule, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		leavesTimeBeforeItStarts(schedule, complaints);
		saysHowFarBackToFetch(schedule, complaints);
		isOffsetOnlyWhenIncremental(schedule, complaints);
		@Nullable String expression = schedule.scheduleExpression();
		if (expression != null) {
			var parsed = Schedule.parse(expression);
			parsed.doubts().forEach(doubt -> complaints.add(doubt, "scheduleExpression"));
			saysHowOftenItCallsTheSource(parsed.schedule(), complaints);
			runsAtLeastOnce(parsed.schedule(), schedule, complaints);
			doesNotCountOnTheTimezone(expression, schedule, complaints);
		}
		return complaints.none();
	}

	private void leavesTimeBeforeItStarts(ScheduledTriggerProperties schedule, Complaints complaints) {
		var start = schedule.scheduleStartTime();
		if (start != null && start.isBefore(clock.instant().plus(LEAD))) {
			complaints.add("should be at least 5 minutes from now", "scheduleStartTime");
		}
	}

	private void saysHowFarBackToFetch(ScheduledTriggerProperties schedule, Complaints complaints) {
		if (schedule.dataPullMode() == DataPullMode.Incremental && schedule.firstExecutionFrom() == null) {
			complaints.add("is absent, so the first run fetches only the last 30 days", "firstExecutionFrom");
		}
	}

	private void isOffsetOnlyWhenIncremental(ScheduledTriggerProperties schedule, Complaints complaints) {
		var offset = schedule.scheduleOffset();
		if (offset != null && offset > 0 && schedule.dataPullMode() != DataPullMode.Incremental) {
			complaints.add("has an effect only when DataPullMode is Incremental", "scheduleOffset");
		}
	}

	/**
	 * Each run makes a call of the source for each page of records, and counts against
	 * limits that others at the source share.
	 */
	private void saysHowOftenItCallsTheSource(@Nullable Schedule read, Complaints complaints) {
		var interval = (read != null) ? read.shortestInterval() : null;
		if (interval != null && !interval.isZero() && interval.compareTo(FREQUENT) < 0) {
			var runs = Duration.ofDays(1).dividedBy(interval);
			complaints.add(
					"makes up to %s runs a day, and each makes a call of the source for each page of records: at least %s calls a day against its limits"
						.formatted(runs, runs),
					"scheduleExpression");
		}
	}

	private void runsAtLeastOnce(@Nullable Schedule read, ScheduledTriggerProperties schedule, Complaints complaints) {
		var start = schedule.scheduleStartTime();
		var end = schedule.scheduleEndTime();
		var from = (start != null) ? start : clock.instant();
		var run = (read != null) ? read.nextRun(Instant.EPOCH, from, ZoneOffset.UTC) : from;
		if (run == null || (end != null && end.isAfter(from) && !run.isBefore(end))) {
			complaints.add("has no run between ScheduleStartTime and ScheduleEndTime, in UTC", "scheduleExpression");
		}
	}

	private void doesNotCountOnTheTimezone(String expression, ScheduledTriggerProperties schedule,
			Complaints complaints) {
		var timezone = schedule.timezone();
		if (timezone != null && !UTC.contains(timezone) && expression.startsWith("cron")) {
			complaints.add("is only a label and does not shift the times of the schedule", "timezone");
		}
	}

}
