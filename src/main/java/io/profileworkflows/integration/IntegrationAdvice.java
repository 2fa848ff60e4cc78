package io.profileworkflows.integration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * What batches probably do not mean. AWS documents none of its own rules for them.
 */
class IntegrationAdvice implements ConstraintValidator<Advisable, AppflowIntegration> {

	private static final int MANY = 100;

	/**
	 * Customer Profiles' own batches are of two months, of which the longest have 62
	 * days.
	 */
	private static final Duration LONG = Duration.ofDays(62);

	private final Clock clock;

	IntegrationAdvice(Clock clock) {
		this.clock = clock;
	}

	@Override
	public boolean isValid(AppflowIntegration integration, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		var batches = integration.batches();
		if (batches == null || batches.isEmpty()) {
			return true;
		}
		hasFewBatches(batches, complaints);
		@Nullable Batch previous = null;
		for (int index = 0; index < batches.size(); index++) {
			@Nullable Batch batch = batches.get(index);
			@Nullable Batch complete = isComplete(batch) ? batch : null;
			if (complete != null) {
				liesInThePast(complete, index, complaints);
				isShort(complete, index, complaints);
			}
			if (complete != null && previous != null) {
				continues(previous, complete, index, complaints);
			}
			previous = complete;
		}
		@Nullable FlowDefinition flow = integration.flowDefinition();
		@Nullable TriggerConfig trigger = (flow != null) ? flow.triggerConfig() : null;
		if (trigger != null) {
			belongsToASchedule(trigger, complaints);
			endsWhereTheScheduleTakesOver(batches, trigger, complaints);
		}
		return complaints.none();
	}

	private void hasFewBatches(List<Batch> batches, Complaints complaints) {
		if (batches.size() > MANY) {
			complaints.add("are more than 100; each becomes a flow, of which an account has 1000", "batches");
		}
	}

	private void liesInThePast(Batch batch, int index, Complaints complaints) {
		if (batch.endTime().isAfter(clock.instant())) {
			complaints.add("should not be in the future", "batches", index, "endTime");
		}
	}

	private void isShort(Batch batch, int index, Complaints complaints) {
		if (Duration.between(batch.startTime(), batch.endTime()).compareTo(LONG) > 0) {
			complaints.add("should be at most two months after StartTime", "batches", index, "endTime");
		}
	}

	private void continues(Batch previous, Batch batch, int index, Complaints complaints) {
		if (batch.startTime().isBefore(previous.startTime())) {
			complaints.add("is before that of the batch before; batches should be in order", "batches", index,
					"startTime");
		}
		else if (batch.startTime().isBefore(previous.endTime())) {
			complaints.add("is before the EndTime of the batch before; batches should not overlap", "batches", index,
					"startTime");
		}
		else if (batch.startTime().isAfter(previous.endTime())) {
			complaints.add("is after the EndTime of the batch before; what lies between is not fetched", "batches",
					index, "startTime");
		}
	}

	private void belongsToASchedule(TriggerConfig trigger, Complaints complaints) {
		@Nullable TriggerType type = trigger.triggerType();
		if (type != null && type != TriggerType.Scheduled) {
			complaints.add("are meant for TriggerType Scheduled", "batches");
		}
	}

	private void endsWhereTheScheduleTakesOver(List<Batch> batches, TriggerConfig trigger, Complaints complaints) {
		var schedule = trigger.schedule();
		var from = (schedule != null) ? schedule.firstExecutionFrom() : null;
		if (from != null && batches.stream().anyMatch(batch -> isComplete(batch) && from.isBefore(batch.endTime()))) {
			complaints.add("is before the end of Batches, so records between are fetched twice", "flowDefinition",
					"triggerConfig", "triggerProperties", "scheduled", "firstExecutionFrom");
		}
	}

	private static boolean isComplete(@Nullable Batch batch) {
		if (batch == null) {
			return false;
		}
		@Nullable Instant start = batch.startTime();
		@Nullable Instant end = batch.endTime();
		return start != null && end != null;
	}

}
