package io.profileworkflows.integration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Members that fit each other: what breaks it is refused, and reported on the member at
 * fault.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = { BatchRules.class, TaskRules.class, SourceRules.class, ScheduleRules.class,
		TriggerRules.class, FlowRules.class })
@interface Consistent {

	String message() default "has members that do not fit each other";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
