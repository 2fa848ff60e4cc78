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
import jakarta.validation.constraints.Size;

/**
 * The ARN of a role, and of nothing else that IAM names. AWS takes no other partition
 * than aws here. The pattern looks at the length by itself: on a long text the rest of it
 * would take a time that grows with the square of the length.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Size(max = 512)
@Pattern(regexp = "(?![\\s\\S]{513})arn:aws:iam::[0-9]{12}:role/(?:[!-~]+/)?[\\w+=,.@-]{1,64}")
public @interface RoleArn {

	String message() default "must be the ARN of a role such as arn:aws:iam::123456789012:role/ingest, of at most 512 characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
