package io.profileworkflows.integration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes records of one document and collects what does not fit, where Jackson would stop
 * at the first mistake. What does not fit is left null, and so is what is absent: to tell
 * whether it may be is up to the constraints.
 */
final class RecordBinder {

	private static final ClassValue<Map<String, Enum<?>>> CONSTANTS = new ClassValue<>() {

		@Override
		protected Map<String, Enum<?>> computeValue(Class<?> type) {
			return Arrays.stream(type.getEnumConstants())
				.map(constant -> (Enum<?>) constant)
				.collect(Collectors.toMap(Enum::name, constant -> constant, (first, _) -> first, LinkedHashMap::new));
		}

	};

	/**
	 * As many tasks as there is room for in a document, if each is a usual one. To check
	 * an element takes longer than to read it.
	 */
	private static final int MAX_ELEMENTS = 2_500;

	private final List<Violation> mistakes = new ArrayList<>();

	private final DocumentFormat format;

	RecordBinder(DocumentFormat format) {
		this.format = format;
	}

	List<Violation> mistakes() {
		return mistakes;
	}

	/**
	 * Whether there are more mistakes than anybody is told, so that no more are noted.
	 */
	boolean isFull() {
		return mistakes.size() > DocumentReader.MAX_REPORTED;
	}

	void mistake(String pointer, String message) {
		if (!isFull()) {
			mistakes.add(new Violation(pointer, message));
		}
	}

	<T extends Record> T bind(JsonNode document, Class<T> type) {
		return type.cast(record(document, type, ""));
	}

	private @Nullable Object bind(JsonNode node, Type type, String pointer) {
		return switch (type) {
			case Class<?> text when text == String.class -> text(node, pointer);
			case Class<?> flag when flag == Boolean.class -> flag(node, pointer);
			case Class<?> number when number == Long.class -> number(node, pointer, Long.MIN_VALUE, Long.MAX_VALUE);
			case Class<?> number when number == Integer.class -> integer(node, pointer);
			case Class<?> time when time == Instant.class -> time(node, pointer);
			case Class<?> constants when constants.isEnum() -> constant(node, constants, pointer);
			case Class<?> members when members.isRecord() -> members(node, members, pointer);
			case ParameterizedType list when list.getRawType() == List.class -> list(node, list, pointer);
			case ParameterizedType map when map.getRawType() == Map.class -> map(node, map, pointer);
			default -> throw new IllegalArgumentException("Documents have no " + type.getTypeName());
		};
	}

	private @Nullable String text(JsonNode node, String pointer) {
		if (!node.isString()) {
			var quotable = format == DocumentFormat.YAML && node.isValueNode();
			mistake(pointer, quotable ? "must be a string: put it in quotes" : "must be a string");
			return null;
		}
		var text = node.stringValue();
		if (!isStorable(text)) {
			mistake(pointer, "must be Unicode text without NUL characters and unpaired surrogates");
			return null;
		}
		return text;
	}

	private @Nullable Boolean flag(JsonNode node, String pointer) {
		if (!node.isBoolean()) {
			mistake(pointer, "must be true or false");
			return null;
		}
		return node.booleanValue();
	}

	private @Nullable Integer integer(JsonNode node, String pointer) {
		var number = number(node, pointer, Integer.MIN_VALUE, Integer.MAX_VALUE);
		return (number != null) ? (Integer) number.intValue() : null;
	}

	private @Nullable Long number(JsonNode node, String pointer, long least, long most) {
		if (!node.isIntegralNumber()) {
			mistake(pointer, "must be a whole number");
			return null;
		}
		if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
			mistake(pointer, "must be a whole number from " + least + " to " + most);
			return null;
		}
		return node.longValue();
	}

	private @Nullable Instant time(JsonNode node, String pointer) {
		try {
			return Timestamps.read(node);
		}
		catch (Timestamps.NotATime failure) {
			mistake(pointer, failure.expected());
			return null;
		}
	}

	private @Nullable Object constant(JsonNode node, Class<?> type, String pointer) {
		var constants = CONSTANTS.get(type);
		var constant = node.isString() ? constants.get(node.stringValue()) : null;
		if (constant == null) {
			mistake(pointer, mustBeOneOf(constants.keySet(), node.isString() ? node.stringValue() : ""));
		}
		return constant;
	}

	private @Nullable Object members(JsonNode node, Class<?> type, String pointer) {
		if (!node.isObject()) {
			mistake(pointer, "must be an object");
			return null;
		}
		return record(node, type, pointer);
	}

	private Object record(JsonNode node, Class<?> type, String pointer) {
		var shape = RecordShape.of(type);
		var values = new @Nullable Object[shape.size()];
		for (var property : node.properties()) {
			if (isFull()) {
				break;
			}
			var place = Pointers.child(pointer, property.getKey());
			var member = shape.named(property.getKey());
			if (member == null) {
				mistake(place, "is not a known member" + didYouMean(property.getKey(), shape.names()));
			}
			else if (!property.getValue().isNull()) {
				values[member.position()] = bind(property.getValue(), member.type(), place);
			}
		}
		return shape.create(values);
	}

	private @Nullable Object list(JsonNode node, ParameterizedType type, String pointer) {
		if (!node.isArray()) {
			mistake(pointer, "must be a list");
			return null;
		}
		if (node.size() > MAX_ELEMENTS) {
			mistake(pointer, "must have at most " + MAX_ELEMENTS + " elements");
			return null;
		}
		var elements = new ArrayList<@Nullable Object>(node.size());
		for (int index = 0; index < node.size() && !isFull(); index++) {
			var place = Pointers.child(pointer, index);
			if (node.get(index).isNull()) {
				mistake(place, "must not be null");
				elements.add(null);
			}
			else {
				elements.add(bind(node.get(index), type.getActualTypeArguments()[0], place));
			}
		}
		return elements;
	}

	private @Nullable Object map(JsonNode node, ParameterizedType type, String pointer) {
		if (!node.isObject()) {
			mistake(pointer, "must be an object");
			return null;
		}
		var entries = new LinkedHashMap<Object, @Nullable Object>();
		for (var property : node.properties()) {
			var place = Pointers.child(pointer, property.getKey());
			var key = key(property.getKey(), type.getActualTypeArguments()[0], place);
			if (key != null && !property.getValue().isNull()) {
				entries.put(key, bind(property.getValue(), type.getActualTypeArguments()[1], place));
			}
		}
		return entries;
	}

	private @Nullable Object key(String name, Type type, String pointer) {
		if (type == String.class) {
			if (!isStorable(name)) {
				mistake(pointer, "must have a name without NUL characters and unpaired surrogates");
				return null;
			}
			return name;
		}
		if (!(type instanceof Class<?> constants) || !constants.isEnum()) {
			throw new IllegalArgumentException("Documents have no keys of " + type.getTypeName());
		}
		var key = CONSTANTS.get(constants).get(name);
		if (key == null) {
			mistake(pointer, mustBeOneOf(CONSTANTS.get(constants).keySet(), name));
		}
		return key;
	}

	private static String mustBeOneOf(Collection<String> names, String given) {
		var message = "must be one of " + String.join(", ", names);
		return message + names.stream()
			.filter(name -> name.equalsIgnoreCase(given))
			.findFirst()
			.map(name -> "; did you mean " + name + "?")
			.orElse("");
	}

	private static String didYouMean(String given, Collection<String> names) {
		var nearest = Spelling.nearest(given, names);
		return (nearest != null) ? "; did you mean " + nearest + "?" : "; known are " + String.join(", ", names);
	}

	/**
	 * PostgreSQL stores no NUL, and UTF-8 has no form for half a character.
	 */
	private static boolean isStorable(String text) {
		return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
	}

}
