package io.profileworkflows.integration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static io.profileworkflows.integration.Sample.FLOW;
import static io.profileworkflows.integration.Sample.INTEGRATION;
import static io.profileworkflows.integration.Sample.SCHEDULE;
import static io.profileworkflows.integration.Sample.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes of the requests in {@code /cases.yaml}.
 */
class CasesTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final DocumentReader reader = Readers.allowingAllConnectors();

	@ParameterizedTest
	@MethodSource("cases")
	void comeOutAsTheyShould(Case request) {
		var domain = request.document().document().path("DomainName").asString("retail");

		var checked = reader.readRequest(request.document().bytes(), DocumentFormat.JSON, domain);

		assertThat(checked.isValid()).as("%s: %s", checked.violations(), request.why())
			.isEqualTo(!request.wants().equals("refuse"));
		var spokenOf = checked.isValid() ? checked.warnings() : checked.violations();
		assertThat(spokenOf).as(request.why()).hasSameSizeAs(request.at());
		for (int index = 0; index < spokenOf.size(); index++) {
			assertThat(spokenOf.get(index).pointer()).endsWith(request.at().get(index));
		}
		assertThat(spokenOf.isEmpty()).isEqualTo(request.wants().equals("accept"));
	}

	static Stream<Named<Case>> cases() {
		return new YAMLMapper()
			.readValue(CasesTests.class.getResourceAsStream("/cases.yaml"), new TypeReference<List<ObjectNode>>() {
			})
			.stream()
			.map(Case::of)
			.map(request -> Named.of(request.name(), request));
	}

	private record Case(String name, String why, Sample document, String wants, List<String> at) {

		static Case of(ObjectNode written) {
			var sample = written.has("of") ? Sample.of(written.get("of").asString()) : plain();
			for (var change : written.path("with").properties()) {
				sample = sample.with(pointer(change.getKey()), change.getValue().toString());
				if (change.getKey().equals("/TriggerConfig")) {
					sample = sample.with(SOURCE + "/IncrementalPullConfig", "null");
				}
			}
			if (written.has("tasks")) {
				sample = sample.with(FLOW + "/Tasks", tasks(written.get("tasks"), member(sample)));
			}
			return new Case(written.get("case").asString(), written.get("why").asString(), sample,
					written.get("wants").asString(), written.path("at").valueStream().map(JsonNode::asString).toList());
		}

		private static Sample plain() {
			return Sample.of("salesforce-scheduled.json")
				.without(INTEGRATION + "/Batches")
				.without(SCHEDULE + "/Timezone")
				.with(FLOW + "/Tasks", tasks(JSON.readTree("""
						[ { "project": ["Id"] }, { "map": ["Id"] } ]"""), "Salesforce"));
		}

		private static String member(Sample sample) {
			return sample.document().at(SOURCE + "/SourceConnectorProperties").propertyNames().iterator().next();
		}

		private static String pointer(String written) {
			return written.equals("schedule") ? SCHEDULE + "/ScheduleExpression"
					: written.startsWith("//") ? written.substring(1) : FLOW + written;
		}

		private static String tasks(JsonNode written, String connector) {
			var tasks = new ArrayList<Map<String, Object>>();
			for (var task : written) {
				var type = task.propertyNames().iterator().next();
				var fields = task.get(type);
				switch (type) {
					case "project" -> tasks.add(task("Filter", fields, connector, "PROJECTION"));
					case "map" -> fields.forEach(field -> tasks.add(map(field, field, connector)));
					case "map to" -> fields.forEach(pair -> tasks.add(map(pair.get(0), pair.get(1), connector)));
					default -> tasks.add(whole(type, task, connector));
				}
			}
			return JSON.writeValueAsString(tasks);
		}

		private static Map<String, Object> map(JsonNode field, JsonNode destination, String connector) {
			var task = task("Map", JSON.createArrayNode().add(field), connector, "NO_OP");
			task.put("DestinationField", destination);
			return task;
		}

		private static Map<String, Object> whole(String type, JsonNode written, String connector) {
			var operator = written.has("operator") ? written.get("operator").asString() : null;
			var task = task(type, written.get(type), connector, operator);
			if (written.has("to")) {
				task.put("DestinationField", written.get("to"));
			}
			var properties = JSON.createObjectNode();
			written.properties()
				.stream()
				.filter(property -> property.getKey().matches("[A-Z_]+"))
				.forEach(property -> properties.put(property.getKey(), property.getValue().asString()));
			if (!properties.isEmpty()) {
				task.put("TaskProperties", properties);
			}
			return task;
		}

		private static Map<String, Object> task(String type, JsonNode fields, String connector, String operator) {
			var task = new LinkedHashMap<String, Object>();
			task.put("TaskType", type);
			task.put("SourceFields", fields);
			if (operator != null) {
				task.put("ConnectorOperator", Map.of(connector, operator));
			}
			return task;
		}

	}

}
