package io.profileworkflows.integration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * A time that arrives at AWS as it is: AWS's form has milliseconds, and what is finer
 * gets lost on the way.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WholeMillisecondsRule.class)
@interface WholeMilliseconds {

	String message() default "must be a time with at most milliseconds";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
