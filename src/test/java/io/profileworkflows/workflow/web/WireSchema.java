package io.profileworkflows.workflow.web;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares a schema of openapi.yaml with the record that is read or written by it: its
 * members, which of them are always there, their types, and what Bean Validation demands.
 */
final class WireSchema {

	/** One kind of character, so many times: its length can be told. */
	private static final java.util.regex.Pattern LENGTH = java.util.regex.Pattern
		.compile("(?:\\(\\?s\\))?(?:\\[(?:[^]\\\\]|\\\\.)*]|\\\\[wSs]|\\.)\\{(\\d+),(\\d+)}");

	/** A length and nothing else, in a form that other languages do not know. */
	private static final String ANY_CHARACTERS = "(?s).{";

	private static final String REFERENCE = "#/components/schemas/";

	private final JsonNode schemas;

	private final boolean isRead;

	private final Collection<String> compared = new TreeSet<>();

	private final List<String> differences = new ArrayList<>();

	/**
	 * @param isRead whether it is what callers send, where nothing else may be in it
	 */
	WireSchema(JsonNode schemas, boolean isRead) {
		this.schemas = schemas;
		this.isRead = isRead;
	}

	/** Says what is otherwise. */
	List<String> differences() {
		return differences;
	}

	/** The names of the schemas that were compared. */
	Collection<String> compared() {
		return compared;
	}

	void compare(JsonNode schema, Class<?> type) {
		var reference = schema.path("$ref").asString("");
		var name = reference.replace(REFERENCE, "");
		if (!schemas.has(name)) {
			differences.add("%s has no schema but %s".formatted(type.getSimpleName(), schema));
		}
		else if (compared.add(name)) {
			if (type.isEnum()) {
				compareConstants(name, schemas.get(name), type);
			}
			else {
				compareMembers(name, schemas.get(name), type);
			}
		}
	}

	private void compareConstants(String name, JsonNode schema, Class<?> type) {
		differ(name, "enum", schema.path("enum").valueStream().map(JsonNode::asString).toList(),
				Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
	}

	private void compareMembers(String name, JsonNode schema, Class<?> type) {
		var members = Arrays.stream(type.getRecordComponents()).map(WireSchema::nameOf).toList();
		differ(name, "properties", List.copyOf(schema.path("properties").propertyNames()), members);
		differ(name, "required", schema.path("required").valueStream().map(JsonNode::asString).sorted().toList(),
				Arrays.stream(type.getRecordComponents())
					.filter(component -> isAlwaysThere(component) && !isInThePath(component))
					.map(WireSchema::nameOf)
					.sorted()
					.toList());
		if (isRead) {
			differ(name, "additionalProperties", schema.path("additionalProperties").asString(""), "false");
		}
		for (var component : type.getRecordComponents()) {
			var member = nameOf(component);
			compareMember(name + "." + member, schema.path("properties").path(member), component.getAnnotatedType());
		}
	}

	private void compareMember(String place, JsonNode schema, AnnotatedType type) {
		switch (type.getType()) {
			case Class<?> text when text == String.class -> differ(place, "type", typeOf(schema), "string");
			case Class<?> flag when flag == Boolean.class || flag == boolean.class ->
				differ(place, "type", typeOf(schema), "boolean");
			case Class<?> number when number == Long.class || number == long.class || number == Integer.class
					|| number == int.class ->
				differ(place, "type", typeOf(schema), "integer");
			case Class<?> time when time == BigDecimal.class || time == Instant.class ->
				differ(place, "type", typeOf(schema), "number");
			case Class<?> ours -> compare(schema, ours);
			case ParameterizedType list when list.getRawType() == List.class -> {
				differ(place, "type", typeOf(schema), "array");
				compareMember(place + "[]", schema.path("items"), argument(type, 0));
			}
			case ParameterizedType map when map.getRawType() == Map.class -> {
				differ(place, "type", typeOf(schema), "object");
				compareMember(place + " keys", schema.path("propertyNames"), argument(type, 0));
				compareMember(place + " values", schema.path("additionalProperties"), argument(type, 1));
			}
			default -> throw new IllegalArgumentException("The API has no " + type);
		}
		Arrays.stream(type.getAnnotations()).forEach(constraint -> demand(place, schema, constraint));
	}

	/** In constraints that are composed of others, too. */
	private void demand(String place, JsonNode schema, Annotation constraint) {
		if (!constraint.annotationType().isAnnotationPresent(Constraint.class)) {
			return;
		}
		switch (constraint) {
			case Pattern pattern -> demandMatch(place, schema, pattern.regexp());
			case Size size -> demandSize(place, schema, size);
			case Min min -> differ(place, "minimum", schema.path("minimum").asLong(), min.value());
			case Max max -> differ(place, "maximum", schema.path("maximum").asLong(), max.value());
			default -> Arrays.stream(constraint.annotationType().getAnnotations())
				.forEach(part -> demand(place, schema, part));
		}
	}

	/** Bean Validation wants the whole text to match, JSON Schema any part of it. */
	private void demandMatch(String place, JsonNode schema, String regexp) {
		var length = LENGTH.matcher(regexp);
		if (length.matches()) {
			differ(place, "minLength", schema.path("minLength").asInt(0), Integer.parseInt(length.group(1)));
			differ(place, "maxLength", schema.path("maxLength").asInt(0), Integer.parseInt(length.group(2)));
		}
		if (!length.matches() || !regexp.startsWith(ANY_CHARACTERS)) {
			differ(place, "pattern", schema.path("pattern").asString(""), "^(?:" + regexp + ")$");
		}
	}

	private void demandSize(String place, JsonNode schema, Size size) {
		var what = switch (typeOf(schema)) {
			case "array" -> "Items";
			case "object" -> "Properties";
			default -> "Length";
		};
		differ(place, "min" + what, schema.path("min" + what).asInt(0), size.min());
		differ(place, "max" + what, schema.path("max" + what).asInt(Integer.MAX_VALUE), size.max());
	}

	private void differ(String place, String keyword, Object written, Object right) {
		if (!written.equals(right)) {
			differences.add("%s: %s is %s, and should be %s".formatted(place, keyword, written, right));
		}
	}

	private static String typeOf(JsonNode schema) {
		return schema.path("type").asString("");
	}

	private static AnnotatedType argument(AnnotatedType type, int position) {
		return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[position];
	}

	private static boolean isInThePath(RecordComponent component) {
		return component.getDeclaringRecord().getSimpleName().equals("CreateIntegrationWorkflow")
				&& nameOf(component).equals("DomainName");
	}

	private static boolean isAlwaysThere(RecordComponent component) {
		return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
				&& !(isLeftOutWhenEmpty(component) && (Collection.class.isAssignableFrom(component.getType())
						|| Map.class.isAssignableFrom(component.getType())));
	}

	private static boolean isLeftOutWhenEmpty(RecordComponent component) {
		return Stream.of(component.getAccessor(), component.getDeclaringRecord())
			.map(place -> place.getAnnotation(JsonInclude.class))
			.anyMatch(include -> include != null && include.value() == JsonInclude.Include.NON_EMPTY);
	}

	private static String nameOf(RecordComponent component) {
		return Objects
			.requireNonNull(component.getAccessor().getAnnotation(JsonProperty.class),
					() -> component + " has no name on the wire")
			.value();
	}

}
