package io.profileworkflows.integration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/**
 * The name of a profile object type.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "[a-zA-Z_][a-zA-Z_0-9-]{0,254}")
public @interface ObjectTypeName {

	String message() default "must be 1 to 255 characters of a-z, A-Z, 0-9, _ and -, beginning with a letter or _";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
