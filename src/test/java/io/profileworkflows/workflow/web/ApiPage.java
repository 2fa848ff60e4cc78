package io.profileworkflows.workflow.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * The OpenAPI document, read as strictly as it can be: nothing that it does not say is
 * there.
 */
public final class ApiPage {

	private static final JsonMapper JSON = new JsonMapper();

	private static final YAMLMapper YAML = new YAMLMapper();

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	/** What every server and every guard sends. */
	private static final Set<String> OF_HTTP = Set.of("accept", "cache-control", "content-length",
			"content-security-policy", "content-type", "expires", "pragma", "referrer-policy", "vary",
			"x-content-type-options", "x-frame-options", "x-xss-protection");

	private final JsonNode document;

	/** All schemas, without any member that they do not name. */
	private final JsonNode strict;

	private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

	public ApiPage(String json) {
		this.document = JSON.readTree(json);
		this.strict = close(document.get("components").deepCopy());
	}

	public JsonNode schemas() {
		return document.at("/components/schemas");
	}

	public Stream<Described> operations() {
		return document.get("paths")
			.propertyStream()
			.flatMap(path -> path.getValue()
				.propertyStream()
				.map(operation -> new Described(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(),
						operation.getValue())));
	}

	public Described operation(String id) {
		return operations().filter(operation -> operation.id().equals(id)).findFirst().orElseThrow();
	}

	/** Says what of a document does not fit a schema. */
	public List<String> complaints(JsonNode schema, JsonNode value) {
		return compiled.computeIfAbsent(schema, this::compile)
			.validate(value)
			.stream()
			.map(error -> error.getInstanceLocation() + " " + error.getMessage())
			.toList();
	}

	private Schema compile(JsonNode schema) {
		var whole = (ObjectNode) close(schema.deepCopy());
		whole.set("components", strict);
		return SCHEMAS.getSchema(whole);
	}

	/** Says what of an answer the page does not tell. */
	List<String> complaints(String operation, MockHttpServletResponse response) {
		return complaints(operation, response.getStatus(), response.getHeaderNames(), response.getContentType(),
				response.getContentAsByteArray());
	}

	/** Says what of an answer the page does not tell. */
	public List<String> complaints(String operation, int status, Collection<String> headers,
			@Nullable String contentType, byte[] body) {
		var described = operation(operation).response(status);
		if (described == null) {
			return List.of(operation + " does not tell of " + status);
		}
		var complaints = new ArrayList<String>();
		var undescribed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		undescribed.addAll(headers);
		undescribed.removeIf(name -> OF_HTTP.contains(name.toLowerCase(Locale.ROOT)));
		described.path("headers").propertyNames().forEach(undescribed::remove);
		undescribed.forEach(name -> complaints.add("The header " + name + " is not told of"));
		complaints.addAll(bodyComplaints(described, contentType, body));
		return complaints;
	}

	private List<String> bodyComplaints(JsonNode described, @Nullable String written, byte[] body) {
		if (body.length == 0) {
			return described.has("content") ? List.of("There is no body") : List.of();
		}
		var contentType = MediaType.parseMediaType(String.valueOf(written)).removeQualityValue();
		var media = described.path("content").path(contentType.getType() + "/" + contentType.getSubtype());
		if (media.isMissingNode()) {
			return List.of(contentType + " is not told of");
		}
		return complaints(media.get("schema"), valueOf(contentType, body));
	}

	private static JsonNode valueOf(MediaType contentType, byte[] body) {
		if (contentType.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM)) {
			return JSON.valueToTree(new String(body, StandardCharsets.UTF_8));
		}
		return contentType.equalsTypeAndSubtype(MediaType.APPLICATION_YAML) ? YAML.readTree(body) : JSON.readTree(body);
	}

	private JsonNode resolved(JsonNode node) {
		return node.has("$ref")
				? document.at(JsonPointer.compile(node.get("$ref").stringValue().substring("#".length()))) : node;
	}

	private static JsonNode close(JsonNode node) {
		if (node instanceof ObjectNode object && object.path("properties").isObject()
				&& !object.has("additionalProperties")) {
			object.put("additionalProperties", false);
		}
		node.forEach(ApiPage::close);
		return node;
	}

	/**
	 * An operation as it is described.
	 */
	public final class Described {

		private final String method;

		private final String path;

		private final JsonNode node;

		Described(String method, String path, JsonNode node) {
			this.method = method;
			this.path = path;
			this.node = node;
		}

		public String id() {
			return node.get("operationId").stringValue();
		}

		public String path() {
			return path;
		}

		public String method() {
			return method;
		}

		String mapping() {
			return method + " " + path.replaceAll("\\{\\w+}", "{}");
		}

		/** The path with the examples of its parameters. */
		public String examplePath() {
			var filled = path;
			for (var parameter : parameters().toList()) {
				filled = filled.replace("{" + parameter.get("name").stringValue() + "}",
						parameter.path("example").asString(""));
			}
			return filled;
		}

		public JsonNode node() {
			return node;
		}

		@Override
		public String toString() {
			return id();
		}

		public Stream<JsonNode> parameters() {
			return node.path("parameters").valueStream().map(ApiPage.this::resolved);
		}

		public Stream<String> parametersIn(String place) {
			return parameters().filter(parameter -> parameter.get("in").stringValue().equals(place))
				.map(parameter -> parameter.get("name").stringValue());
		}

		public @Nullable JsonNode response(int status) {
			var response = node.get("responses").get(Integer.toString(status));
			return (response != null) ? resolved(response) : null;
		}

		Stream<JsonNode> responses() {
			return node.get("responses").valueStream().map(ApiPage.this::resolved);
		}

		/** The examples of its body, each with its media type. */
		public Stream<Map.Entry<String, JsonNode>> bodies() {
			return node.path("requestBody")
				.path("content")
				.propertyStream()
				.flatMap(content -> content.getValue()
					.path("examples")
					.valueStream()
					.map(example -> Map.entry(content.getKey(), example.get("value"))));
		}

	}

}
