package io.profileworkflows.integration;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * A schedule is there when the trigger is one, and only then.
 */
class TriggerRules implements ConstraintValidator<Consistent, TriggerConfig> {

	@Override
	public boolean isValid(TriggerConfig trigger, ConstraintValidatorContext context) {
		var complaints = new Complaints(context);
		@Nullable TriggerType type = trigger.triggerType();
		if (type == TriggerType.Scheduled && trigger.schedule() == null) {
			complaints.add("is required when TriggerType is Scheduled", "triggerProperties", "scheduled");
		}
		if (type != null && type != TriggerType.Scheduled && trigger.schedule() != null) {
			complaints.add("must be absent unless TriggerType is Scheduled", "triggerProperties", "scheduled");
		}
		return complaints.none();
	}

}
