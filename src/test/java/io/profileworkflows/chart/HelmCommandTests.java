package io.profileworkflows.chart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The chart in the hands of the commands that people use: Helm 4, beside the Helm 3 of
 * the other tests, and kubectl for what it can read without a cluster. {@code .ci/run}
 * fetches both; elsewhere they are used where they are on the PATH.
 */
@OnTheSide
class HelmCommandTests {

	private static final Pattern HELM_4 = Pattern.compile("v4\\.\\d+.*");

	@TempDir
	Path directory;

	static Stream<Chart> charts() {
		return Stream.of(Chart.minimal(), Chart.production(), Chart.tryOut(), Chart.withEverything());
	}

	@ParameterizedTest
	@MethodSource("charts")
	void passesTheStrictLintOfHelm4(Chart chart) throws IOException, InterruptedException {
		var linted = run(helm4(), "lint", "--strict", Chart.DIRECTORY.toString(), "--values", values(chart).toString(),
				"--kube-version", chart.kubeVersion());

		assertThat(linted.exit()).as(linted.output()).isZero();
	}

	@ParameterizedTest
	@MethodSource("charts")
	void becomesTheSameInHelm3AndHelm4(Chart chart) throws IOException, InterruptedException {
		assertThat(byName(templateByHelm4(chart))).isEqualTo(byName(chart.template().documents()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			aws: { region: "" }                   | aws.region is missing
			settings: { outbox: { lease: 40s } }  | settings.outbox.lease is 40s and must be longer
			resources: { limits: { memory: 64Mi }, requests: { memory: 64Mi } } | the service needs at least 448Mi
			podLabels: { app.kubernetes.io/name: other } | podLabels has app.kubernetes.io/name
			replicaCount: many                    | replicaCount
			mistyped: 1                           | mistyped
			""")
	void isRefusedByHelm4WithTheSameSentences(String values, String message) throws IOException, InterruptedException {
		var refused = template(Chart.minimal().with(values));

		assertThat(refused.exit()).isNotZero();
		assertThat(refused.output()).contains(message);
	}

	/**
	 * Decodes each object of Kubernetes' own into its type, and gives back what has a
	 * pod's template: what it did not know would be missing there. All else (creating,
	 * even as a dry run of the client) asks the API server for its schema.
	 */
	@ParameterizedTest
	@MethodSource("charts")
	void isUnderstoodByKubectl(Chart chart) throws IOException, InterruptedException {
		var kubectl = onPath("kubectl");
		assumeThat(kubectl).as("kubectl, which .ci/run fetches").isNotNull();
		var own = chart.template()
			.documents()
			.stream()
			.filter(document -> !Manifests.ADDED.contains(Manifests.kind(document)))
			.filter(document -> !Manifests.kind(document).startsWith("gateway.networking.k8s.io/"))
			.toList();
		var file = Files.writeString(directory.resolve("own.yaml"),
				String.join("---\n", own.stream().map(Yaml::write).toList()));

		var read = run(kubectl, "set", "env", "--local", "--filename", file.toString(), "--output", "yaml",
				"ADDED_BY=kubectl");

		assertThat(read.output()).doesNotContain("unable to decode", "no kind");
		var withPods = own.stream().filter(document -> document.at("/spec/template/spec").isObject()).toList();
		assertThat(withPods).isNotEmpty();
		var given = byName(Yaml.readAll(read.standard()));
		assertThat(withPods).allSatisfy(
				document -> assertThat(missing("", document, given.get(name(document)))).as(name(document)).isEmpty());
	}

	/** What of the first the second has not; kubectl writes quantities in its own way. */
	private static List<String> missing(String path, JsonNode wanted, JsonNode there) {
		if (there == null || there.isMissingNode()) {
			return (wanted.isContainer() && wanted.isEmpty()) ? List.of() : List.of(path);
		}
		var missing = new ArrayList<String>();
		wanted.properties()
			.forEach(member -> missing
				.addAll(missing(path + "/" + member.getKey(), member.getValue(), there.path(member.getKey()))));
		for (var index = 0; wanted.isArray() && index < wanted.size(); index++) {
			missing.addAll(missing(path + "/" + index, wanted.path(index), there.path(index)));
		}
		return missing;
	}

	private static TreeMap<String, JsonNode> byName(List<JsonNode> documents) {
		var byName = new TreeMap<String, JsonNode>();
		documents.forEach(document -> assertThat(byName.put(name(document), document)).isNull());
		return byName;
	}

	private static String name(JsonNode document) {
		return document.path("kind").asString("") + " " + document.at("/metadata/name").asString("");
	}

	private List<JsonNode> templateByHelm4(Chart chart) throws IOException, InterruptedException {
		var templated = template(chart);
		assertThat(templated.exit()).as(templated.output()).isZero();
		return Yaml.readAll(templated.standard().replace("helm.sh/hook", Chart.HOOK));
	}

	private Ended template(Chart chart) throws IOException, InterruptedException {
		return run(helm4(), "template", chart.release(), Chart.DIRECTORY.toString(), "--namespace", Chart.NAMESPACE,
				"--values", values(chart).toString(), "--kube-version", chart.kubeVersion());
	}

	private Path values(Chart chart) throws IOException {
		return Files.writeString(directory.resolve("values.yaml"), Yaml.write(chart.values()));
	}

	private Path helm4() throws IOException, InterruptedException {
		var helm = onPath("helm");
		var version = (helm != null) ? run(helm, "version", "--template", "{{ .Version }}").standard() : "none";
		assumeThat(version).as("the version of helm, which .ci/run fetches").matches(HELM_4);
		return helm;
	}

	private static Path onPath(String command) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map(place -> Path.of(place, command))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

	private Ended run(Path command, String... arguments) throws IOException, InterruptedException {
		var standard = directory.resolve("standard");
		var error = directory.resolve("error");
		var process = new ProcessBuilder(Stream.concat(Stream.of(command.toString()), Stream.of(arguments)).toList())
			.redirectOutput(standard.toFile())
			.redirectError(error.toFile());
		// neither a cluster nor settings of the person who runs the tests
		process.environment().keySet().removeIf(name -> name.startsWith("HELM_") || name.equals("KUBECONFIG"));
		process.environment().put("HOME", directory.toString());
		var exit = process.start().waitFor();
		return new Ended(exit, Files.readString(standard), Files.readString(error));
	}

	private record Ended(int exit, String standard, String error) {

		String output() {
			return standard + error;
		}

	}

}
