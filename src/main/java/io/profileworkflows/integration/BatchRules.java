package io.profileworkflows.integration;

import java.time.Instant;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A batch ends after it starts.
 */
class BatchRules implements ConstraintValidator<Consistent, Batch> {

	@Override
	public boolean isValid(Batch batch, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable Instant start = batch.startTime();
		@Nullable Instant end = batch.endTime();
		if (start != null && end != null && !start.isBefore(end)) {
			complaints.add("must be later than StartTime", "endTime");
		}
		return complaints.none();
	}

}
