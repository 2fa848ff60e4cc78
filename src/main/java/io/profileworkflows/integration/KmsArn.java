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
 * The ARN of a key or of an alias that stands for one. AWS takes no other partition than
 * aws here. The pattern looks at the length by itself, as that of {@link RoleArn} does.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Size(min = 20, max = 2048)
@Pattern(regexp = "(?![\\s\\S]{2049})arn:aws:kms:[a-z0-9-]+:[0-9]{12}:(?:key|alias)/[!-~]+")
public @interface KmsArn {

	String message() default "must be the ARN of a key such as arn:aws:kms:eu-central-1:123456789012:key/..., of 20 to 2048 characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
