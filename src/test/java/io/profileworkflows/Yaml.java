package io.profileworkflows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * YAML in which no member stands twice.
 */
public final class Yaml {

	private static final YAMLMapper MAPPER = YAMLMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private Yaml() {
	}

	public static JsonNode read(Path file) {
		return MAPPER.readTree(file);
	}

	public static JsonNode read(String text) {
		return MAPPER.readTree(text);
	}

	/** Leaves out documents with nothing in them. */
	public static List<JsonNode> readAll(String text) {
		var documents = new ArrayList<JsonNode>();
		try (var parsed = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
			parsed.forEachRemaining(documents::add);
		}
		documents.removeIf(document -> document.isNull() || document.isMissingNode());
		return documents;
	}

	public static String write(JsonNode node) {
		return MAPPER.writeValueAsString(node);
	}

	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/** As Helm merges values: objects member by member, all else as a whole. */
	public static ObjectNode merge(ObjectNode into, JsonNode more) {
		more.properties().forEach(member -> {
			var before = into.get(member.getKey());
			if (before instanceof ObjectNode object && member.getValue() instanceof ObjectNode) {
				merge(object, member.getValue());
			}
			else {
				into.set(member.getKey(), member.getValue());
			}
		});
		return into;
	}

}
