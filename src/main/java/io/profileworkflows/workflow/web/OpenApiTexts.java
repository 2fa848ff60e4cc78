package io.profileworkflows.workflow.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.profileworkflows.workflow.WorkflowSettings;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.examples.Example;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The prose and the examples of the API's page, from the files under {@code openapi}.
 * Examples name the account and Region of this deployment, so that they work when pasted.
 */
@Component
class OpenApiTexts {

	private static final String HOME = "classpath:openapi/";

	private static final String ACCOUNT_IN_FILES = "123456789012";

	private static final String REGION_IN_FILES = "eu-central-1";

	private final ResourcePatternResolver files;

	private final WorkflowSettings settings;

	private final JsonMapper json;

	OpenApiTexts(ResourcePatternResolver files, WorkflowSettings settings, JsonMapper json) {
		this.files = files;
		this.settings = settings;
		this.json = json;
	}

	String introduction() {
		return read(files.getResource(HOME + "introduction.md"));
	}

	Map<String, Text> ofSchemas() {
		return new YAMLMapper().readValue(read(files.getResource(HOME + "schemas.yaml")), new TypeReference<>() {
		});
	}

	/**
	 * Adds the examples of what an operation takes or answers, each to the content whose
	 * type its file has.
	 * @param what {@code request} or the status of an answer
	 */
	void addExamples(String operation, String what, Content content) {
		for (var file : filesIn("examples/%s/%s".formatted(operation, what))) {
			var name = Objects.requireNonNull(file.getFilename());
			var type = name.substring(name.lastIndexOf('.') + 1);
			content.forEach((mediaType, media) -> {
				if (mediaType.endsWith(type)) {
					media.addExamples(name.substring(0, name.lastIndexOf('.')), example(read(file), type));
				}
			});
		}
	}

	Example exampleOf(Object answer) {
		return new Example().value(json.convertValue(answer, Map.class));
	}

	/** Puts this deployment's account and Region in the place of those in examples. */
	String here(String text) {
		return text.replace(ACCOUNT_IN_FILES, settings.accountId()).replace(REGION_IN_FILES, settings.region());
	}

	private Example example(String text, String type) {
		return new Example().value(type.equals("json") ? json.readValue(text, Map.class) : text);
	}

	private String read(Resource file) {
		try {
			return here(file.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private List<Resource> filesIn(String folder) {
		try {
			return Arrays.stream(files.getResources("classpath*:openapi/" + folder + "/*"))
				.sorted(Comparator.comparing(Resource::getFilename))
				.toList();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * What is to be said of a schema.
	 *
	 * @param properties by their names on the wire
	 */
	record Text(@Nullable String description, Map<String, String> properties) {

		static final Text NONE = new Text(null, Map.of());

		Text {
			properties = Objects.requireNonNullElse(properties, Map.of());
		}

	}

}
