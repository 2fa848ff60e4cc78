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
 * The key of a tag. What AWS wrote as + - = is a range, so that digits and some signs
 * pass.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "(?!aws:)[a-zA-Z+-=._:/]{1," + TagKey.LONGEST + "}")
public @interface TagKey {

	/** Most characters of a key. */
	int LONGEST = 128;

	String message() default "must be 1 to 128 characters of a-z, A-Z, 0-9, + , - . / : ; < = and _, and not begin with aws:";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
