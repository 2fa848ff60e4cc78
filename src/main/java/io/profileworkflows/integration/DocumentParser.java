package io.profileworkflows.integration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads text strictly into a tree, or says where it cannot be read. YAML is taken for
 * another way to write JSON: what JSON does not have (anchors, aliases, tags, several
 * documents) is refused, so that a small text cannot stand for a large document.
 */
final class DocumentParser {

	private static final int MAX_DEPTH = 50;

	/**
	 * Several times what the widest object of a source needs, and little enough for each
	 * value to have a mistake.
	 */
	private static final int MAX_VALUES = 20_000;

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNestingDepth(2 * MAX_DEPTH)
		.maxNameLength(1024)
		.maxNumberLength(100)
		.build();

	private static final TokenStreamFactory JSON = JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

	private static final TokenStreamFactory YAML = YAMLFactory.builder().streamReadConstraints(CONSTRAINTS).build();

	private static final Set<String> NULLS = Set.of("", "~", "Null", "NULL");

	private static final String TEXT_INDICATORS = "\"'|>";

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final String text;

	private final DocumentFormat format;

	private final JsonParser parser;

	/** Lines before it, where it is one of several documents. */
	private final int linesBefore;

	private int values;

	/**
	 * The document by code points, as YAML's parser counts.
	 */
	private int @Nullable [] points;

	private DocumentParser(String text, DocumentFormat format, JsonParser parser, int linesBefore) {
		this.text = text;
		this.format = format;
		this.parser = parser;
		this.linesBefore = linesBefore;
	}

	static ObjectNode parse(byte[] body, DocumentFormat format) throws Unreadable {
		return parse(body, format, 1);
	}

	/**
	 * @param firstLine the number of its first line, for what is said of places in it
	 */
	static ObjectNode parse(byte[] body, DocumentFormat format, int firstLine) throws Unreadable {
		var text = decode(body);
		try (var parser = parser(text, format)) {
			return new DocumentParser(text, format, parser, firstLine - 1).document();
		}
	}

	private static JsonParser parser(String text, DocumentFormat format) {
		var context = ObjectReadContext.empty();
		return (format == DocumentFormat.JSON) ? JSON.createParser(context, text)
				: YAML.createParser(context, new WholeCharacters(text));
	}

	private static String decode(byte[] body) throws Unreadable {
		try {
			var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException _) {
			throw new Unreadable("", "must be text in UTF-8");
		}
	}

	private ObjectNode document() throws Unreadable {
		try {
			var first = parser.nextToken();
			if (first == null) {
				throw new Unreadable("", "must not be empty");
			}
			var document = value(first, 0);
			if (parser.nextToken() != null) {
				throw new Unreadable("", "must end after one document" + at(parser.currentTokenLocation()));
			}
			if (document instanceof ObjectNode object) {
				return object;
			}
			throw new Unreadable("", "must be an object");
		}
		catch (JacksonException failure) {
			var location = failure.getLocation();
			throw new Unreadable(pointer(),
					reason(failure) + at((location != null) ? location : parser.currentLocation()));
		}
	}

	private JsonNode value(JsonToken token, int depth) throws Unreadable {
		values++;
		if (values > MAX_VALUES) {
			throw unreadable("must not be one of more than " + MAX_VALUES + " values");
		}
		hasNothingThatJsonLacks();
		return switch (token) {
			case START_OBJECT -> object(depth + 1);
			case START_ARRAY -> array(depth + 1);
			case VALUE_STRING -> isNullInYaml() ? NODES.nullNode() : NODES.stringNode(parser.getString());
			case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
			case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			case VALUE_NULL -> NODES.nullNode();
			default -> throw unreadable("is not valid " + format);
		};
	}

	private ObjectNode object(int depth) throws Unreadable {
		isNotTooDeep(depth);
		var object = NODES.objectNode();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			hasNothingThatJsonLacks();
			var name = parser.currentName();
			if (object.has(name)) {
				throw unreadable("must not be there twice");
			}
			object.set(name, value(parser.nextToken(), depth));
		}
		return object;
	}

	private JsonNode array(int depth) throws Unreadable {
		isNotTooDeep(depth);
		var array = NODES.arrayNode();
		for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			array.add(value(token, depth));
		}
		return array;
	}

	private void isNotTooDeep(int depth) throws Unreadable {
		if (depth > MAX_DEPTH) {
			throw unreadable("must not be nested deeper than " + MAX_DEPTH + " levels");
		}
	}

	private void hasNothingThatJsonLacks() throws Unreadable {
		if (parser instanceof YAMLParser yaml
				&& (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
			throw unreadable("must be written without anchors, aliases and tags");
		}
	}

	/**
	 * Jackson knows only one of YAML's ways to write null, and takes the others for text,
	 * which they are in quotes.
	 */
	private boolean isNullInYaml() {
		var value = parser.getString();
		if (format != DocumentFormat.YAML || !NULLS.contains(value)) {
			return false;
		}
		if (points == null) {
			points = text.codePoints().toArray();
		}
		var start = (int) parser.currentTokenLocation().getCharOffset();
		return start >= points.length || TEXT_INDICATORS.indexOf(points[start]) < 0;
	}

	private Unreadable unreadable(String message) {
		return new Unreadable(pointer(), message + at(parser.currentTokenLocation()));
	}

	private String pointer() {
		return parser.streamReadContext().pathAsPointer().toString();
	}

	/**
	 * Jackson's own messages quote what they could not read.
	 */
	private String reason(JacksonException ex) {
		return switch (ex) {
			case UnexpectedEndOfInputException _ -> "ends too early to be valid " + format;
			case StreamConstraintsException _ -> "must not have names of more than 1024 characters, numbers of more "
					+ "than 100 digits or more than " + MAX_DEPTH + " levels";
			default -> "is not valid " + format;
		};
	}

	private String at(@Nullable TokenStreamLocation location) {
		return (location != null && location.getLineNr() > 0)
				? " (line " + (linesBefore + location.getLineNr()) + ", column " + location.getColumnNr() + ")" : "";
	}

	static final class Unreadable extends Exception {

		private final Violation violation;

		Unreadable(String pointer, String message) {
			super(message, null, false, false);
			this.violation = new Violation(pointer, message);
		}

		Violation violation() {
			return violation;
		}

	}

}
