package io.profileworkflows.workflow.web;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;

import io.profileworkflows.integration.Required;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/**
 * Says in JSON Schema what Bean Validation checks, in constraints that are composed of
 * others, too.
 */
final class OpenApiConstraints {

	/** One kind of character, so many times: its length can be told. */
	private static final java.util.regex.Pattern LENGTH = java.util.regex.Pattern
		.compile("(?:\\(\\?s\\))?(?:\\[(?:[^]\\\\]|\\\\.)*]|\\\\[wSs]|\\.)\\{(\\d+),(\\d+)}");

	/** A length and nothing else, in a form that other languages do not know. */
	private static final String ANY_CHARACTERS = "(?s).{";

	private OpenApiConstraints() {
	}

	/**
	 * Adds what the constraints demand.
	 * @return the same in words, as they stand on the constraints
	 */
	static Set<String> apply(Annotation[] annotations, Schema<?> schema) {
		var words = new LinkedHashSet<String>();
		for (var annotation : annotations) {
			if (isConstraint(annotation)) {
				demand(annotation, schema);
				if (!(annotation instanceof Required || annotation instanceof NotNull)) {
					words.add(wordsOf(annotation));
				}
			}
		}
		return words;
	}

	private static void demand(Annotation constraint, Schema<?> schema) {
		switch (constraint) {
			case Pattern pattern -> match(pattern.regexp(), schema);
			case Size size -> limit(size, schema);
			case Min min -> schema.minimum(BigDecimal.valueOf(min.value()));
			case Max max -> schema.maximum(BigDecimal.valueOf(max.value()));
			default -> {
				for (var part : constraint.annotationType().getAnnotations()) {
					if (isConstraint(part)) {
						demand(part, schema);
					}
				}
			}
		}
	}

	/** Bean Validation wants the whole text to match, JSON Schema any part of it. */
	static void match(String regexp, Schema<?> schema) {
		var length = LENGTH.matcher(regexp);
		if (length.matches()) {
			schema.minLength(positive(Integer.parseInt(length.group(1)))).maxLength(Integer.valueOf(length.group(2)));
		}
		if (!length.matches() || !regexp.startsWith(ANY_CHARACTERS)) {
			schema.pattern("^(?:" + regexp + ")$");
		}
	}

	private static void limit(Size size, Schema<?> schema) {
		var least = positive(size.min());
		var most = (size.max() != Integer.MAX_VALUE) ? Integer.valueOf(size.max()) : null;
		if (schema.getItems() != null) {
			schema.minItems(least).maxItems(most);
		}
		else if (schema.getAdditionalProperties() != null) {
			schema.minProperties(least).maxProperties(most);
		}
		else {
			schema.minLength(least).maxLength(most);
		}
	}

	@SuppressWarnings("NullAway")
	private static Integer positive(int number) {
		return (number > 0) ? number : null;
	}

	private static boolean isConstraint(Annotation annotation) {
		return annotation.annotationType().isAnnotationPresent(Constraint.class);
	}

	private static String wordsOf(Annotation constraint) {
		return StringUtils.capitalize(String.valueOf(AnnotationUtils.getValue(constraint, "message")));
	}

}
