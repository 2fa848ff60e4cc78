package io.profileworkflows.integration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A time has no part below a millisecond.
 */
class WholeMillisecondsRule implements ConstraintValidator<WholeMilliseconds, Instant> {

	@Override
	public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
		return time == null || time.equals(time.truncatedTo(ChronoUnit.MILLIS));
	}

}
