package io.profileworkflows.workflow.web;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Describes our records as what they are on the wire: members by their names there,
 * required unless they may be absent, with their constraints, times as seconds since
 * 1970. What a member is for says {@code openapi/schemas.yaml}.
 */
@Component
class OpenApiSchemas implements ModelConverter {

	private static final Long SOME_TIME = 1924988400L;

	private final Map<String, OpenApiTexts.Text> texts;

	OpenApiSchemas(OpenApiTexts texts) {
		this.texts = texts.ofSchemas();
	}

	@Override
	public @Nullable Schema<?> resolve(io.swagger.v3.core.converter.AnnotatedType type, ModelConverterContext context,
			Iterator<ModelConverter> next) {
		var raw = Json31.mapper().constructType(type.getType()).getRawClass();
		if (raw.isRecord() || raw.isEnum()) {
			return reference(raw, context);
		}
		return next.hasNext() ? next.next().resolve(type, context, next) : null;
	}

	static String nameOf(Class<?> type) {
		var described = type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
		return (described != null) ? described.name() : type.getSimpleName();
	}

	static Schema<?> typed(String type) {
		return new JsonSchema().typesItem(type);
	}

	static Schema<?> reference(Class<?> type) {
		return new JsonSchema().$ref(Components.COMPONENTS_SCHEMAS_REF + nameOf(type));
	}

	static Schema<?> constants(List<String> values) {
		var schema = new JsonSchema();
		schema.setTypes(Set.of("string"));
		schema.setEnum(List.copyOf(values));
		return schema;
	}

	static Schema<?> withDefault(Schema<?> schema, Object value) {
		((JsonSchema) schema).setDefault(value);
		return schema;
	}

	/** An example that is told, but that the page fills into no form. */
	static Schema<?> withExample(Schema<?> schema, Object example) {
		((JsonSchema) schema).setExamples(List.of(example));
		return schema;
	}

	private Schema<?> reference(Class<?> type, ModelConverterContext context) {
		var name = nameOf(type);
		if (!context.getDefinedModels().containsKey(name)) {
			context.defineModel(name, type.isEnum() ? constants(type) : members(type, context));
		}
		return reference(type);
	}

	private Schema<?> constants(Class<?> type) {
		return constants(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList())
			.description(textOf(type).description());
	}

	private Schema<?> members(Class<?> type, ModelConverterContext context) {
		Schema<?> schema = typed("object").description(textOf(type).description());
		schema.setProperties(new LinkedHashMap<>());
		for (var component : type.getRecordComponents()) {
			var name = nameOf(component);
			var member = member(component.getAnnotatedType(), textOf(type).properties().get(name), context);
			schema.addProperty(name, member);
			if (isAlwaysThere(component)) {
				schema.addRequiredItem(name);
			}
		}
		return schema;
	}

	private Schema<?> member(AnnotatedType type, @Nullable String text, ModelConverterContext context) {
		var schema = ofType(type, context);
		var words = OpenApiConstraints.apply(type.getAnnotations(), schema);
		var description = Stream.concat(Stream.ofNullable(text), words.stream().map(word -> word + ".")).toList();
		return description.isEmpty() ? schema : schema.description(String.join(" ", description));
	}

	private Schema<?> ofType(AnnotatedType type, ModelConverterContext context) {
		return switch (type.getType()) {
			case Class<?> text when text == String.class -> typed("string");
			case Class<?> flag when flag == Boolean.class || flag == boolean.class -> typed("boolean");
			case Class<?> number when number == Long.class || number == long.class -> typed("integer").format("int64");
			case Class<?> number when number == Integer.class || number == int.class ->
				typed("integer").format("int32");
			case Class<?> time when time == BigDecimal.class || time == Instant.class ->
				withExample(typed("number"), SOME_TIME);
			case Class<?> ours -> reference(ours, context);
			case ParameterizedType list when list.getRawType() == List.class ->
				typed("array").items(member(argument(type, 0), null, context));
			case ParameterizedType map when map.getRawType() == Map.class ->
				typed("object").propertyNames(member(argument(type, 0), null, context))
					.additionalProperties(member(argument(type, 1), null, context));
			default -> throw new IllegalArgumentException("The API has no " + type);
		};
	}

	private static AnnotatedType argument(AnnotatedType type, int position) {
		return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[position];
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

	private OpenApiTexts.Text textOf(Class<?> type) {
		return texts.getOrDefault(nameOf(type), OpenApiTexts.Text.NONE);
	}

}
