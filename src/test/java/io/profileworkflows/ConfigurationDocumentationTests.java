package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the tables of docs/configuration.md against Spring's configuration metadata and
 * the defaults in application.yaml.
 */
@OnTheSide
class ConfigurationDocumentationTests {

	private static final String PREFIX = "profile-workflows.";

	private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| (.+?) \\| (.+) \\|");

	@Test
	void hasARowForEachProperty() throws IOException {
		assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(properties());
	}

	@Test
	void tellsEachDefault() throws IOException {
		var defaults = Yaml.read(Path.of("src/main/resources/application.yaml"));

		assertThat(rows()).isNotEmpty()
			.allSatisfy((property, documented) -> assertThat(documented).as(property)
				.isEqualTo(shown(defaults.at("/profile-workflows/" + property.replace('.', '/')))));
	}

	private static Map<String, String> rows() throws IOException {
		return Files.readAllLines(Path.of("docs/configuration.md"))
			.stream()
			.map(ROW::matcher)
			.filter(row -> row.matches())
			.collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
	}

	private static Iterable<String> properties() throws IOException {
		var properties = new TreeMap<String, JsonNode>();
		for (var file : Collections.list(ConfigurationDocumentationTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (var content = file.openStream()) {
				JsonMapper.shared().readTree(content).path("properties").forEach(property -> {
					var name = property.path("name").asString("");
					if (name.startsWith(PREFIX)) {
						properties.put(name.substring(PREFIX.length()), property);
					}
				});
			}
		}
		return properties.keySet();
	}

	private static String shown(JsonNode value) {
		if (value.isMissingNode() || value.isEmpty() && value.isContainer()) {
			return "none";
		}
		var text = value.isString() ? value.asString() : value.toString();
		return text.startsWith("${") ? "`AWS_REGION`" : "`%s`".formatted(text);
	}

}
