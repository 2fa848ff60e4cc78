package io.profileworkflows.integration;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;

import io.profileworkflows.schedule.Schedule;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A schedule can be read, lies ahead and fetches what lies behind.
 */
class ScheduleRules implements ConstraintValidator<Consistent, ScheduledTriggerProperties> {

	private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

	private final Clock clock;

	ScheduleRules(Clock clock) {
		this.clock = clock;
	}

	@Override
	public boolean isValid(ScheduledTriggerProperties schedule, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		hasAnExpressionThatAppFlowTakes(schedule, complaints);
		endsAfterItStarts(schedule, complaints);
		endsInTheFuture(schedule, complaints);
		fetchesFromBeforeItStarts(schedule, complaints);
		fetchesFromThePast(schedule, complaints);
		namesAKnownTimezone(schedule, complaints);
		return complaints.none();
	}

	private void hasAnExpressionThatAppFlowTakes(ScheduledTriggerProperties schedule, Complaints complaints) {
		@Nullable String expression = schedule.scheduleExpression();
		if (expression != null) {
			Schedule.parse(expression).mistakes().forEach(mistake -> complaints.add(mistake, "scheduleExpression"));
		}
	}

	private void endsAfterItStarts(ScheduledTriggerProperties schedule, Complaints complaints) {
		var start = schedule.scheduleStartTime();
		var end = schedule.scheduleEndTime();
		if (start != null && end != null && !start.isBefore(end)) {
			complaints.add("must be later than ScheduleStartTime", "scheduleEndTime");
		}
	}

	private void endsInTheFuture(ScheduledTriggerProperties schedule, Complaints complaints) {
		var end = schedule.scheduleEndTime();
		if (end != null && !end.isAfter(clock.instant())) {
			complaints.add("must be in the future", "scheduleEndTime");
		}
	}

	private void fetchesFromBeforeItStarts(ScheduledTriggerProperties schedule, Complaints complaints) {
		var from = schedule.firstExecutionFrom();
		var start = schedule.scheduleStartTime();
		if (from != null && start != null && !from.isBefore(start)) {
			complaints.add("must be earlier than ScheduleStartTime", "firstExecutionFrom");
		}
	}

	private void fetchesFromThePast(ScheduledTriggerProperties schedule, Complaints complaints) {
		var from = schedule.firstExecutionFrom();
		if (from != null && from.isAfter(clock.instant())) {
			complaints.add("must not be in the future", "firstExecutionFrom");
		}
	}

	private void namesAKnownTimezone(ScheduledTriggerProperties schedule, Complaints complaints) {
		var timezone = schedule.timezone();
		if (timezone != null && !ZONES.contains(timezone)) {
			complaints.add("must be an IANA time zone such as Europe/Berlin", "timezone");
		}
	}

}
