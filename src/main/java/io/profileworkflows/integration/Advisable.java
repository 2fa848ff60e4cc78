package io.profileworkflows.integration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Members that may well be meant, but seldom are: to be used with the payload
 * {@link Warning}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = { TaskAdvice.class, ScheduleAdvice.class, FlowAdvice.class, IntegrationAdvice.class,
		RequestAdvice.class })
@interface Advisable {

	String message() default "has members that do not fit each other";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
