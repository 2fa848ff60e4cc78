package io.profileworkflows.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.profileworkflows.workflow.web.ApiPage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as the OpenAPI document describes them, and now and then others.
 */
class Values {

	/** Parsed as JSON; what cannot be written in JSON goes into {@link Mutations}. */
	private static final List<String> ODD = List.of("null", "true", "-1", "0", "7", "1e999999999", "1e-400", "1.5",
			"99999999999999999999999", "-0.0", "253402300800", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
			"\"\\u202e\\u0041\\u0301\"", "\"\\ud83d\\ude00\"", "\"\\uffff\"", "\"2031-99-99T\"", "\"arn:aws:iam:\"",
			"\"rate(0hours)\"", "\"cron(* * * * ? *)\"", "\"${x}\"", "\"'; drop table workflow; --\"", "[]", "[null]",
			"[[[[]]]]", "{}", "{ \"\": null }", "{ \"Object\": \"x\" }", "{ \"a/b~c\": \"x\" }");

	private static final List<String> TEXTS = List.of("retail", "Account", "arn:aws:iam::123456789012:role/fuzz",
			"arn:aws:kms:eu-central-1:123456789012:key/0f8f2d0e-2c1b-4a7e-9d53-6b0c5a1e7f42", "rate(1hours)",
			"2031-01-01T00:00:00Z", "team:crm", "1", "\"3\"");

	private static final int DEEPEST = 12;

	private static final JsonMapper JSON = new JsonMapper();

	private final ApiPage page;

	Values(ApiPage page) {
		this.page = page;
	}

	static <T> T oneOf(List<T> many, Random random) {
		return many.get(random.nextInt(many.size()));
	}

	static JsonNode odd(Random random) {
		if (random.nextInt(20) == 0) {
			return JSON.valueToTree("é".repeat(1 << random.nextInt(14)));
		}
		return JSON.readTree(oneOf(ODD, random));
	}

	/** A value of a parameter as it is written, and not encoded. */
	String text(JsonNode schema, Random random) {
		var value = value(schema, random, 0);
		var one = value.isArray() && !value.isEmpty() ? value.get(0) : value;
		return one.isString() ? one.stringValue() : one.toString();
	}

	JsonNode value(JsonNode schema, Random random) {
		return value(schema, random, 0);
	}

	private JsonNode value(JsonNode schema, Random random, int depth) {
		if (depth > DEEPEST || random.nextInt(60) == 0) {
			return odd(random);
		}
		if (schema.has("$ref")) {
			var reference = schema.get("$ref").stringValue();
			return value(page.schemas().get(reference.substring(reference.lastIndexOf('/') + 1)), random, depth + 1);
		}
		var given = Stream.of(schema.path("const"), schema.path("example"))
			.filter(node -> !node.isMissingNode())
			.toList();
		if (!given.isEmpty() && random.nextInt(4) > 0) {
			return given.getFirst().deepCopy();
		}
		for (var name : List.of("enum", "examples")) {
			if (!schema.path(name).isEmpty()) {
				return schema.get(name).get(random.nextInt(schema.get(name).size())).deepCopy();
			}
		}
		return ofType(schema, random, depth);
	}

	private JsonNode ofType(JsonNode schema, Random random, int depth) {
		var type = schema.path("type").isArray() ? schema.get("type").get(0) : schema.path("type");
		return switch (type.asString("")) {
			case "object" -> object(schema, random, depth);
			case "array" -> array(schema, random, depth);
			case "boolean" -> JSON.valueToTree(random.nextBoolean());
			case "integer", "number" -> JSON.valueToTree(switch (random.nextInt(4)) {
				case 0 -> schema.path("minimum").asLong(0);
				case 1 -> schema.path("maximum").asLong(4_000_000_000L);
				case 2 -> schema.path("maximum").asLong(Integer.MAX_VALUE) + 1;
				default -> random.nextLong(1, 100);
			});
			default -> JSON.valueToTree(string(schema, random));
		};
	}

	private ObjectNode object(JsonNode schema, Random random, int depth) {
		var object = JSON.createObjectNode();
		var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
		schema.path("properties").propertyStream().forEach(property -> {
			if (random.nextInt(100) < (required.contains(property.getKey()) ? 98 : 40)) {
				object.set(property.getKey(), value(property.getValue(), random, depth + 1));
			}
		});
		if (schema.path("additionalProperties").isObject()) {
			for (int entry = random.nextInt(3); entry >= 0; entry--) {
				object.set(oneOf(TEXTS, random), value(schema.get("additionalProperties"), random, depth + 1));
			}
		}
		return object;
	}

	private ArrayNode array(JsonNode schema, Random random, int depth) {
		var array = JSON.createArrayNode();
		for (int left = schema.path("minItems").asInt(0) + random.nextInt(3); left > 0; left--) {
			array.add(value(schema.path("items"), random, depth + 1));
		}
		return array;
	}

	private static String string(JsonNode schema, Random random) {
		var pattern = schema.path("pattern").asString("");
		var fitting = TEXTS.stream().filter(text -> text.matches(".*(?:" + pattern + ").*")).toList();
		if (!fitting.isEmpty() && random.nextInt(4) > 0) {
			return oneOf(fitting, random);
		}
		var length = random.nextBoolean() ? schema.path("maxLength").asInt(20) : schema.path("minLength").asInt(1);
		return "x".repeat(Math.min(length + random.nextInt(2), 100_000));
	}

}
