package io.profileworkflows.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What may go wrong with a document, or be done to it.
 */
final class Mutations {

	static final List<BiFunction<RawRequest, Random, RawRequest>> OF_DOCUMENTS = List.of(Mutations::changeValue,
			Mutations::changeValue, Mutations::changeText, Mutations::changeText, Mutations::repeatMember,
			Mutations::nest, Mutations::encodeOtherwise, Mutations::asYaml, Mutations::asYaml, Mutations::typeOtherwise,
			Mutations::replace, Mutations::enlarge);

	private static final List<String> NAMES = List.of("salesforce", "ServiceNow", "Servicenow", "Object", "Tags", "~/",
			"", "VALUE", "__proto__");

	private static final List<String> CONTENT_TYPES = List.of("", "text/plain", "application/xml", "application",
			"application/json; charset=utf-16", "application/json; charset=nonsense", "application/json;;", "*/*",
			"application/x-amz-json-1.1", "application/problem+json", "multipart/form-data; boundary=x",
			"multipart/form-data", "application/x-www-form-urlencoded", "text/x-yaml", "é/ü",
			"application/json, text/yaml");

	private static final List<String> DOCUMENTS = List.of("", " ", "null", "[]", "\"\"", "0", "{}{}", "{} x", "{",
			"{\"a\"}", "{'a': 1}", "// no\n{}", "--- {}\n--- {}", "&a [*a]", "a: &a [b, *a]", "!!java.io.File [x]",
			"!!binary aGFsbG8=", "? [a, b]\n: c", "%YAML 9.9\n--- {}", "<<: *x",
			"{\"tags\": {\"a\": \"b\", \"a\": \"c\"}}", "\u0000", "\ufeff{}", "tags: {aws:x: y}", "Reason: 2031-01-01",
			"Reason: 0x1F", "Reason: yes", "a: &a {x: y}\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]");

	private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
			StandardCharsets.UTF_32BE, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

	private static final String NOISE = "{}[]\"\\:,#&*!|>'%@`-? \t\n\u0000\uFFFF~0eE+.é\u202e";

	private static final JsonMapper JSON = new JsonMapper();

	private static final YAMLMapper YAML = new YAMLMapper();

	private Mutations() {
	}

	private static RawRequest changeValue(RawRequest request, Random random) {
		try {
			var document = JSON.readTree(request.body());
			var containers = new ArrayList<JsonNode>();
			collect(document, containers);
			if (!containers.isEmpty()) {
				change(Values.oneOf(containers, random), random);
			}
			return request.withBody(document.toString());
		}
		catch (JacksonException _) {
			return changeText(request, random);
		}
	}

	private static void change(JsonNode container, Random random) {
		if (container instanceof ArrayNode array) {
			array.insert(random.nextInt(array.size() + 1), Values.odd(random));
		}
		else if (container instanceof ObjectNode object) {
			var names = new ArrayList<>(object.propertyNames());
			names.addAll(NAMES);
			var name = Values.oneOf(names, random);
			if (random.nextInt(4) == 0) {
				object.remove(name);
			}
			else {
				object.set(name, Values.odd(random));
			}
		}
	}

	private static void collect(JsonNode node, List<JsonNode> containers) {
		if (node.isContainer()) {
			containers.add(node);
			node.forEach(child -> collect(child, containers));
		}
	}

	private static RawRequest changeText(RawRequest request, Random random) {
		var text = new StringBuilder(request.text());
		var place = random.nextInt(text.length() + 1);
		var end = Math.min(text.length(), place + 1 + random.nextInt(30));
		switch (random.nextInt(3)) {
			case 0 -> text.insert(place, NOISE.charAt(random.nextInt(NOISE.length())));
			case 1 -> text.delete(place, end);
			default -> text.insert(place, text.substring(place, end));
		}
		return request.withBody(text.toString());
	}

	private static RawRequest repeatMember(RawRequest request, Random random) {
		var member = random.nextBoolean() ? "\"Tags\": {}, " : "\"Reason\": \"twice\", ";
		return request.withBody(request.text().replaceFirst("\\{", "{" + member + member));
	}

	private static RawRequest nest(RawRequest request, Random random) {
		var depth = 1 << random.nextInt(15);
		var open = random.nextBoolean() ? "[" : "{\"a\":";
		var nested = open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth);
		return request
			.withBody(random.nextBoolean() ? nested : request.text().replaceFirst("\"[^\"]*\"(?=[,}])", nested));
	}

	private static RawRequest encodeOtherwise(RawRequest request, Random random) {
		if (random.nextInt(4) == 0) {
			var bytes = request.body().clone();
			if (bytes.length > 0) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128, 256);
			}
			return request.withBody(bytes);
		}
		if (random.nextInt(5) == 0) {
			return request.with("Content-Encoding", "gzip");
		}
		return request.withBody(request.text().getBytes(Values.oneOf(CHARSETS, random)));
	}

	private static RawRequest asYaml(RawRequest request, Random random) {
		try {
			var yaml = YAML.writeValueAsString(JSON.readTree(request.body()));
			return request.with("Content-Type", "application/yaml").withBody(yaml);
		}
		catch (JacksonException _) {
			return request.with("Content-Type", random.nextBoolean() ? "application/yaml" : "text/yaml");
		}
	}

	private static RawRequest typeOtherwise(RawRequest request, Random random) {
		var type = Values.oneOf(CONTENT_TYPES, random);
		return random.nextInt(4) == 0 ? request.and("Content-Type", type) : request.with("Content-Type", type);
	}

	private static RawRequest replace(RawRequest request, Random random) {
		var type = random.nextBoolean() ? "application/yaml" : ValidRequests.JSON_TYPE;
		return request.with("Content-Type", type).withBody(Values.oneOf(DOCUMENTS, random));
	}

	/** To about what is allowed, which takes its time, and so seldom. */
	private static RawRequest enlarge(RawRequest request, Random random) {
		var size = random.nextInt(12) == 0 ? (1 << 20) - request.body().length + random.nextInt(-1, 2)
				: 1 << random.nextInt(14);
		return request.withBody(request.text() + " ".repeat(Math.max(size, 0)));
	}

}
