package io.profileworkflows.integration;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of requests with random mistakes, always the same ones.
 */
@OnTheSide
class DocumentMutationTests {

	/**
	 * Planted as a value, and to be found in no message.
	 */
	private static final String SECRET = "s3cr3t";

	private static final List<String> VALUES = List.of("null", "true", "-1", "0", "7", "1e999999999", "1e-400", "1.5",
			"99999999999999999999999", "\"\"", "\"" + SECRET + "\"", "\"" + SECRET + " \\u0000\"",
			"\"\\ud800" + SECRET + "\"", "\"2031-99-99T" + SECRET + "\"", "\"arn:aws:iam:" + SECRET + "\"",
			"\"rate(" + SECRET + ")\"", "\"cron(" + SECRET + ")\"", "\"${" + SECRET + "}\"", "\"{" + SECRET + "}\"",
			"[]", "[\"" + SECRET + "\"]", "[null, []]", "{}", "{ \"Object\": \"" + SECRET + "\" }",
			"{ \"a/b~c\": \"" + SECRET + "\" }");

	private static final List<String> NAMES = List.of("salesforce", "ServiceNow", "Servicenow", "Object", "Tags", "~/",
			"", "VALUE");

	private static final List<Sample> SAMPLES = List.of(Sample.complete(), Sample.of("salesforce-scheduled.json"),
			Sample.of("servicenow-on-demand.json"), Sample.of("marketo-scheduled.yaml"),
			Sample.of("zendesk-on-demand.yaml"), Sample.of("s3-scheduled.yaml"));

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final DocumentReader reader = Readers.byDefault();

	private final DocumentWriter writer = new DocumentWriter();

	@ParameterizedTest
	@EnumSource
	void readsOrRefusesWhateverIsInTheDocument(DocumentFormat format) {
		var random = new Random(4711);
		for (int round = 0; round < 2000; round++) {
			var document = SAMPLES.get(random.nextInt(SAMPLES.size())).document();
			for (int change = random.nextInt(4); change >= 0; change--) {
				mutate(document, random);
			}
			// YAML's flow style is JSON, almost
			readsOrRefuses(MAPPER.writeValueAsString(document), format);
		}
	}

	@ParameterizedTest
	@EnumSource
	void readsOrRefusesWhateverIsInTheText(DocumentFormat format) {
		var random = new Random(42);
		var noise = "{}[]\"\\:,#&*!|>'%@`-? \t\n\u0000\uFFFF~0eE+.";
		for (int round = 0; round < 2000; round++) {
			var sample = SAMPLES.get(random.nextInt(SAMPLES.size())).with("/Tags/planted", "\"" + SECRET + "\"");
			var text = new StringBuilder((format == DocumentFormat.JSON) ? sample.text()
					: new String(sample.yaml(), StandardCharsets.UTF_8));
			for (int change = random.nextInt(3); change >= 0; change--) {
				var place = random.nextInt(text.length());
				switch (random.nextInt(3)) {
					case 0 -> text.setCharAt(place, noise.charAt(random.nextInt(noise.length())));
					case 1 -> text.insert(place, noise.charAt(random.nextInt(noise.length())));
					default -> text.delete(place, Math.min(text.length(), place + 1 + random.nextInt(40)));
				}
				if (text.isEmpty()) {
					break;
				}
			}
			readsOrRefuses(text.toString(), format);
		}
	}

	private void readsOrRefuses(String text, DocumentFormat format) {
		var checked = reader.readRequest(text.getBytes(StandardCharsets.UTF_8), format, "retail");

		var said = new ArrayList<>(checked.violations());
		said.addAll(checked.warnings());
		assertThat(said).as(text).allSatisfy(violation -> assertThat(violation.message()).doesNotContain(SECRET));
		if (checked.isValid()) {
			var request = checked.require();
			assertThat(writer.readStored(writer.write(request))).as(text).isEqualTo(request);
		}
		else {
			assertThat(checked.violations()).as(text).isNotEmpty();
		}
	}

	private static void mutate(JsonNode document, Random random) {
		var containers = new ArrayList<JsonNode>();
		collect(document, containers);
		switch (containers.get(random.nextInt(containers.size()))) {
			case ObjectNode object -> mutate(object, random);
			case ArrayNode array -> mutate(array, random);
			default -> throw new IllegalStateException();
		}
	}

	private static void mutate(ObjectNode object, Random random) {
		var names = new ArrayList<>(object.propertyNames());
		names.addAll(NAMES);
		var name = names.get(random.nextInt(names.size()));
		switch (random.nextInt(4)) {
			case 0 -> object.remove(name);
			case 1 -> object.set(name.toLowerCase(Locale.ROOT), object.path(name).deepCopy());
			default -> object.set(name, value(random));
		}
	}

	private static void mutate(ArrayNode array, Random random) {
		if (array.isEmpty() || random.nextBoolean()) {
			array.add(value(random));
		}
		else if (random.nextBoolean()) {
			array.remove(random.nextInt(array.size()));
		}
		else {
			array.set(random.nextInt(array.size()), value(random));
		}
	}

	private static JsonNode value(Random random) {
		return MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
	}

	private static void collect(JsonNode node, List<JsonNode> containers) {
		if (node.isContainer()) {
			containers.add(node);
			node.forEach(child -> collect(child, containers));
		}
	}

}
