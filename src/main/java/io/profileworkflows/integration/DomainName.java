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
 * The name of a domain.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = DomainName.PATTERN)
public @interface DomainName {

	/** What a name is made of, for those who have no record to check. */
	String PATTERN = "[a-zA-Z0-9_-]{1,64}";

	String EXPECTED = "must be 1 to 64 characters of a-z, A-Z, 0-9, _ and -";

	String message() default EXPECTED;

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
