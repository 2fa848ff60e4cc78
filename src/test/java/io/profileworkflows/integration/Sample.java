package io.profileworkflows.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A request from {@code /samples}, with changes here and there.
 */
public final class Sample {

	static final String INTEGRATION = "/IntegrationConfig/AppflowIntegration";

	public static final String FLOW = INTEGRATION + "/FlowDefinition";

	static final String SOURCE = FLOW + "/SourceFlowConfig";

	static final String TRIGGER = FLOW + "/TriggerConfig";

	static final String SCHEDULE = TRIGGER + "/TriggerProperties/Scheduled";

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final YAMLMapper YAML = new YAMLMapper();

	private final JsonNode document;

	private Sample(JsonNode document) {
		this.document = document;
	}

	/**
	 * All that Salesforce can be asked for, and nothing to warn of.
	 */
	public static Sample complete() {
		return of("salesforce-complete.json");
	}

	public static Sample of(String name) {
		return new Sample((name.endsWith(".json") ? JSON : YAML).readTree(bytesOf(name)));
	}

	static byte[] bytesOf(String name) {
		try (InputStream file = Sample.class.getResourceAsStream("/samples/" + name)) {
			return Objects.requireNonNull(file, name).readAllBytes();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Sets a member or element to some JSON, and makes the objects on the way to it.
	 */
	public Sample with(String pointer, String json) {
		return changed(pointer, JSON.readTree(json));
	}

	public Sample withText(String pointer, String text) {
		return changed(pointer, JSON.valueToTree(text));
	}

	public Sample without(String pointer) {
		var copy = document.deepCopy();
		var place = JsonPointer.compile(pointer);
		switch (copy.at(place.head())) {
			case ObjectNode object -> object.remove(place.last().getMatchingProperty());
			case ArrayNode array -> array.remove(place.last().getMatchingIndex());
			default -> throw new IllegalArgumentException(pointer);
		}
		return new Sample(copy);
	}

	public byte[] bytes() {
		return JSON.writeValueAsBytes(document);
	}

	public String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	public byte[] yaml() {
		return YAML.writeValueAsBytes(document);
	}

	JsonNode document() {
		return document.deepCopy();
	}

	private Sample changed(String pointer, JsonNode value) {
		var copy = document.deepCopy();
		set(copy, JsonPointer.compile(pointer), value);
		return new Sample(copy);
	}

	private static void set(JsonNode node, JsonPointer place, JsonNode value) {
		var next = place.tail().matches() ? value
				: node.path(place.getMatchingProperty()).isContainer() ? node.path(place.getMatchingProperty())
						: (node.path(place.getMatchingIndex()).isContainer()) ? node.path(place.getMatchingIndex())
								: JSON.createObjectNode();
		switch (node) {
			case ObjectNode object -> object.set(place.getMatchingProperty(), next);
			case ArrayNode array when place.getMatchingIndex() < array.size() ->
				array.set(place.getMatchingIndex(), next);
			case ArrayNode array -> array.add(next);
			default -> throw new IllegalArgumentException(place.toString());
		}
		if (!place.tail().matches()) {
			set(next, place.tail(), value);
		}
	}

}
