package io.profileworkflows.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Holds the chart's values, their comments, their schema and the README's table together.
 */
@OnTheSide
class ChartDocumentationTests {

	private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");

	private static final Pattern COMMENT = Pattern.compile(" *# -- (.+)");

	private static final Pattern MEMBER = Pattern.compile("( *)([A-Za-z]\\w*):.*");

	@Test
	void explainsEachValue() throws IOException {
		var explained = documented().stream().map(Documented::path).toList();

		assertThat(leaves("", Yaml.read(VALUES))).allSatisfy(
				leaf -> assertThat(explained).anyMatch(path -> leaf.equals(path) || leaf.startsWith(path + ".")));
	}

	@Test
	void listsEachValueInTheReadme() throws IOException {
		var rows = documented().stream().map(Documented::row).toList();

		var readme = Files.readAllLines(Chart.DIRECTORY.resolve("README.md"));
		assertThat(readme.stream().filter(line -> line.startsWith("| `"))).containsExactlyElementsOf(rows);
	}

	@Test
	void knowsEachValueInItsSchema() {
		var schema = Yaml.read(Chart.DIRECTORY.resolve("values.schema.json"));

		assertThat(Yaml.read(VALUES).propertyNames())
			.allSatisfy(name -> assertThat(schema.path("properties").has(name)).as(name).isTrue());
		assertThat(schema.path("properties").propertyNames())
			.allSatisfy(name -> assertThat(Yaml.read(VALUES).has(name) || name.equals("global")).as(name).isTrue());
	}

	static Stream<String> sections() throws IOException {
		var documented = documented().stream().map(Documented::path).toList();
		return Stream.concat(
				Stream.of("", "settings.", "settings.metrics.", "settings.upstream.", "settings.submission.",
						"settings.preflight."),
				documented.stream()
					.filter(path -> path.contains("."))
					.map(path -> path.substring(0, path.lastIndexOf('.') + 1))
					.distinct());
	}

	@ParameterizedTest
	@MethodSource("sections")
	void refusesUnknownValues(String section) {
		var values = Yaml.object();
		var at = values;
		for (var name : section.split("\\.")) {
			if (!name.isEmpty()) {
				at = at.putObject(name);
			}
		}
		at.put("mistyped", 1);

		assertThatThrownBy(Chart.minimal().with(values)::template).hasMessageContaining("mistyped")
			.hasMessageContaining("additional properties");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			replicaCount: "2"                               | replicaCount
			replicaCount: -1                                | replicaCount
			image: { pullPolicy: Sometimes }                | pullPolicy
			image: { digest: sha256:abc }                   | digest
			image: { repository: "registry/name:tag" }      | repository
			aws: { accountId: 123456789012 }                | accountId
			aws: { accountId: "12345" }                     | accountId
			aws: { region: Frankfurt }                      | region
			database: { url: "postgres://db/workflows" }    | url
			database: { url: "jdbc:postgresql://a:b@db/x" } | url
			database: { existingSecret: "No_Name" }         | existingSecret
			security: { enabled: "no" }                     | enabled
			security: { jwt: { issuerUri: login } }         | issuerUri
			service: { port: 70000 }                        | port
			shutdown: { drainSeconds: 5 }                   | drainSeconds
			podSecurityContext: { runAsNonRoot: false }     | runAsNonRoot
			podSecurityContext: { runAsUser: 0 }            | runAsUser
			containerSecurityContext: { readOnlyRootFilesystem: false } | readOnlyRootFilesystem
			topologySpread: { whenUnsatisfiable: Never }    | whenUnsatisfiable
			settings: { upstream: { requests-per-second: fast } } | requests-per-second
			settings: { outbox: { lease: 60 } }             | lease
			settings: { preflight: { on-create: on } }      | on-create
			settings: { preflight: { checks: [BUCKET] } }   | checks
			settings: { connectors: { allowed: [Oracle] } } | allowed
			settings: { metrics: { max-domains: -1 } }      | max-domains
			logging: { format: xml }                        | format
			telemetry: { samplingProbability: 2 }           | samplingProbability
			telemetry: { otlpEndpoint: "collector:4318" }   | otlpEndpoint
			ingress: { hosts: ["https://example.com"] }     | hosts
			serviceMonitor: { interval: often }             | interval
			""")
	void refusesWrongValues(String values, String named) {
		assertThatThrownBy(Chart.minimal().with(values)::template).hasMessageContaining("schema")
			.hasMessageContaining(named);
	}

	@Test
	void knowsTheServicesOwnSettings() {
		var service = Yaml.read(Path.of("src/main/resources/application.yaml")).path("profile-workflows");
		var schema = Yaml.read(Chart.DIRECTORY.resolve("values.schema.json")).at("/properties/settings/properties");

		assertThat(schema.properties()).isNotEmpty()
			.allSatisfy(section -> assertThat(section.getValue().path("properties").propertyNames())
				// these have no default
				.filteredOn(setting -> !Set.of("recovery-since", "ssl-bundle").contains(setting))
				.allSatisfy(setting -> assertThat(service.path(section.getKey()).has(setting))
					.as("%s.%s", section.getKey(), setting)
					.isTrue()));
	}

	/** Each that docs/configuration.md explains can be set through the chart. */
	@Test
	void knowsWhatTheServicesConfigurationExplains() throws IOException {
		var schema = Yaml.read(Chart.DIRECTORY.resolve("values.schema.json")).at("/properties/settings/properties");
		var explained = Files.readAllLines(Path.of("docs/configuration.md"))
			.stream()
			.map(Pattern.compile(
					"\\| `(outbox|upstream|submission|tracking|retention|metrics|watching|limits)\\.(.+?)` .*")::matcher)
			.filter(Matcher::matches)
			.map(row -> "/%s/properties/%s".formatted(row.group(1), row.group(2)))
			.toList();

		assertThat(explained).hasSizeGreaterThan(20)
			.allSatisfy(setting -> assertThat(schema.at(setting).isMissingNode()).as(setting).isFalse());
	}

	@Test
	void isOfTheServicesVersion() throws IOException {
		var version = Pattern.compile("<artifactId>profile-workflows</artifactId>\\s*<version>([^<]+)</version>")
			.matcher(Files.readString(Path.of("pom.xml")));

		assertThat(version.find()).isTrue();
		assertThat(Yaml.read(Chart.DIRECTORY.resolve("Chart.yaml")).path("appVersion").asString(""))
			.isEqualTo(version.group(1));
	}

	private static List<Documented> documented() throws IOException {
		var values = Yaml.read(VALUES);
		var documented = new ArrayList<Documented>();
		var path = new ArrayList<String>();
		var comment = "";
		for (var line : Files.readAllLines(VALUES)) {
			var commented = COMMENT.matcher(line);
			var member = MEMBER.matcher(line);
			if (commented.matches()) {
				comment = commented.group(1);
			}
			else if (member.matches() && member.group(1).length() / 2 <= path.size()) {
				path.subList(member.group(1).length() / 2, path.size()).clear();
				path.add(member.group(2));
				if (!comment.isEmpty()) {
					documented
						.add(new Documented(String.join(".", path), values.at("/" + String.join("/", path)), comment));
				}
				comment = "";
			}
		}
		return documented;
	}

	private static List<String> leaves(String path, JsonNode node) {
		if (!node.isObject() || node.isEmpty()) {
			return List.of(path);
		}
		return node.properties()
			.stream()
			.flatMap(
					member -> leaves(path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue())
						.stream())
			.toList();
	}

	private record Documented(String path, JsonNode usual, String comment) {

		String row() {
			return "| `%s` | %s | %s |".formatted(path, shown(), comment);
		}

		private String shown() {
			if (usual.isContainer() && !usual.isEmpty()) {
				return "see values.yaml";
			}
			return "`%s`".formatted((usual.isString() && !usual.asString().isEmpty()) ? usual.asString() : usual);
		}

	}

}
