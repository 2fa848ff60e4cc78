package io.profileworkflows.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The example requests in the description of the API.
 */
@Component
public class RequestExamples {

	/** Made once: the description is long. */
	private final SingletonSupplier<Map<String, String>> examples;

	RequestExamples(ApiDocument document, JsonMapper json) {
		this.examples = SingletonSupplier.of(() -> read(document, json));
	}

	private static Map<String, String> read(ApiDocument document, JsonMapper json) {
		var content = new YAMLMapper().readTree(document.text())
			.path("paths")
			.path("/domains/{DomainName}/workflows/integrations")
			.path("post")
			.path("requestBody")
			.path("content");
		var examples = new LinkedHashMap<String, String>();
		content.forEach(type -> type.path("examples")
			.propertyStream()
			.forEach(example -> examples.put(example.getKey(), written(example.getValue().path("value"), json))));
		return examples;
	}

	/** One in YAML is text already. */
	private static String written(JsonNode value, JsonMapper json) {
		return value.isString() ? value.stringValue() : json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
	}

	public Set<String> names() {
		return examples.obtain().keySet();
	}

	public Optional<String> find(String name) {
		return Optional.ofNullable(examples.obtain().get(name));
	}

}
