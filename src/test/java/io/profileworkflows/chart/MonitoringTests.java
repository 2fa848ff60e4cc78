package io.profileworkflows.chart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Holds alerts, dashboard, runbooks and the chart's own test against the running service:
 * an alert on a metric that does not exist would never fire.
 */
@ServiceTest
class MonitoringTests {

	private static final Path FILES = Chart.DIRECTORY.resolve("files");

	private static final Path RUNBOOKS = Path.of("docs/runbooks");

	/** What Prometheus adds to each sample. */
	private static final Set<String> OF_THE_TARGET = Set.of("namespace", "job", "pod", "instance");

	/** What Prometheus itself and others in the cluster measure. */
	private static final Set<String> OF_THE_CLUSTER = Set.of("up", "kube_pod_status_ready",
			"kube_pod_container_status_restarts_total");

	/** Only where the API speaks TLS: TlsTests sees to it. */
	private static final Set<String> OF_TLS = Set.of("ssl_chain_expiry_seconds");

	private static final Pattern SAMPLE = Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})? \\S+");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

	private final HttpClient http = HttpClient.newHttpClient();

	private final String service;

	private final String management;

	MonitoringTests(@LocalServerPort int port, @LocalManagementPort int managementPort) {
		this.service = "http://localhost:" + port;
		this.management = "http://localhost:" + managementPort;
	}

	@Test
	void asksOnlyForMetricsThatThereAre() {
		use();

		await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			var scraped = scrape();
			assertThat(asked()).isNotEmpty().allSatisfy((metric, labels) -> {
				if (!OF_THE_CLUSTER.contains(metric) && !OF_TLS.contains(metric) && !recorded().contains(metric)) {
					assertThat(scraped).containsKey(metric);
					assertThat(scraped.get(metric)).containsAll(labels);
				}
			});
		});
	}

	@Test
	void hasARunbookForEachAlertAndNoOther() throws IOException {
		var names = alerts().stream().map(alert -> alert.path("alert").asString("")).toList();

		assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(20);
		try (var runbooks = Files.list(RUNBOOKS)) {
			assertThat(runbooks.map(Path::getFileName)
				.map(Path::toString)
				.filter(name -> name.startsWith("ProfileWorkflows")))
				.containsExactlyInAnyOrderElementsOf(names.stream().map(name -> name + ".md").toList());
		}
		assertThat(alerts()).allSatisfy(alert -> {
			var runbook = Path.of(alert.at("/annotations/runbook_url").asString(""));
			assertThat(runbook).isEqualTo(RUNBOOKS.resolve(alert.path("alert").asString("") + ".md"));
			assertThat(runbook).content()
				.startsWith("# " + alert.path("alert").asString("") + "\n")
				.contains("**What it means.**", "**What to look at.**", "**What to do.**");
			assertThat(alert.at("/labels/severity").asString("")).isIn("warning", "critical");
			assertThat(alert.at("/annotations/summary").asString("")).isNotBlank();
			assertThat(alert.at("/annotations/description").asString("")).isNotBlank();
		});
	}

	@Test
	void listsEachAlertWithItsSeverity() throws IOException {
		var rows = Pattern.compile("\\| (?:`(ProfileWorkflows\\w+)` )?\\| `(ProfileWorkflows\\w+)` \\|")
			.matcher(Files.readString(Path.of("docs/observability.md")))
			.results()
			.toList();

		assertThat(rows.stream().map(row -> row.group(1)).filter(Objects::nonNull))
			.containsExactlyInAnyOrderElementsOf(named("critical"));
		assertThat(rows.stream().map(row -> row.group(2))).containsExactlyInAnyOrderElementsOf(named("warning"));
	}

	private static List<String> named(String severity) {
		return alerts().stream()
			.filter(alert -> alert.at("/labels/severity").asString("").equals(severity))
			.map(alert -> alert.path("alert").asString(""))
			.toList();
	}

	@Test
	void speaksOfSettingsThatThereAre() {
		var application = Yaml.read(Path.of("src/main/resources/application.yaml")).path("profile-workflows");
		var settings = Pattern.compile("`((?:outbox|upstream|submission|tracking)\\.[a-z.-]+)`");

		assertThat(alerts()).allSatisfy(alert -> {
			var text = Files.readString(RUNBOOKS.resolve(alert.path("alert").asString("") + ".md"));
			assertThat(settings.matcher(text).results().map(found -> found.group(1))).allSatisfy(
					setting -> assertThat(application.at("/" + setting.replace('.', '/')).isMissingNode()).as(setting)
						.isFalse());
		});
	}

	@Test
	void givesTheClusterTheSameAlertsAndTheSameDashboard() throws IOException {
		var manifests = Chart.production()
			.with("prometheusRule: { runbookBaseUrl: 'https://git.example.com/workflows/' }")
			.template();

		var spec = manifests.the("PrometheusRule").path("spec");
		var rules = spec.findParents("alert");
		assertThat(rules).hasSameSizeAs(alerts());
		for (var number = 0; number < rules.size(); number++) {
			var alert = alerts().get(number);
			assertThat(rules.get(number).at("/annotations/summary")).isEqualTo(alert.at("/annotations/summary"));
			assertThat(rules.get(number).at("/annotations/runbook_url").asString(""))
				.isEqualTo("https://git.example.com/workflows/" + alert.at("/annotations/runbook_url").asString(""));
		}
		assertThat(expressions(spec)).containsExactlyElementsOf(expressions(Yaml.read(FILES.resolve("alerts.yaml")))
			.map(expression -> expression.replace("job=~\".*profile-workflows.*\"",
					"namespace=\"teams\",job=\"acme-profile-workflows-management\""))
			.toList());
		assertThat(manifests.documents()
			.stream()
			.map(document -> document.path("data").path("profile-workflows.json"))
			.filter(JsonNode::isString)
			.map(dashboard -> Yaml.read(dashboard.asString(""))))
			.containsExactly(Yaml.read(Files.readString(FILES.resolve("dashboard.json"))
				.replace("\"url\": \"", "\"url\": \"https://git.example.com/workflows/")));
	}

	@Test
	void drawsADashboardWhosePanelsFitTheirGrid() {
		var panels = dashboard().path("panels");

		assertThat(panels.findValues("id")).doesNotHaveDuplicates();
		assertThat(panels).allSatisfy(panel -> {
			var place = panel.path("gridPos");
			assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, 24);
			assertThat(panel.path("type").asString("").equals("row") || !panel.path("targets").isEmpty()).isTrue();
		});
	}

	@Test
	void leadsFromItsDashboardToTheRunbookOfEachAlert() {
		var links = dashboard().path("panels").findValues("links");
		var names = alerts().stream().map(alert -> alert.path("alert").asString("")).toList();

		assertThat(links).flatExtracting(JsonNode::values)
			.allSatisfy(link -> assertThat(link.path("title").asString(""))
				.isEqualTo("Runbook: " + link.path("url").asString("").replaceFirst("docs/runbooks/(.*)\\.md", "$1")));
		assertThat(links).flatExtracting(JsonNode::values)
			.extracting(link -> link.path("title").asString("").substring("Runbook: ".length()))
			.containsAll(names)
			.isSubsetOf(names);
	}

	@Test
	void beginsItsDashboardWithWhatCallersNotice() {
		assertThat(dashboard().path("panels").values().stream().map(panel -> panel.path("title").asString("")))
			.startsWith("Is it well", "Replicas up", "Availability", "Requests that fail", "In time at AWS",
					"Errors by operation", "Half of the requests, by operation", "Slowest hundredth, by operation",
					"From accepted to AWS");
		assertThat(dashboard().at("/templating/list").findValuesAsString("name")).contains("namespace", "job", "pod");
		assertThat(dashboard().at("/annotations/list").findValuesAsString("name")).containsExactly("Releases");
	}

	/** The alert and the line in the panel beside it. */
	@ParameterizedTest
	@CsvSource({ "Errors by operation, ProfileWorkflowsErrors, 0.05",
			"'Slowest hundredth, by operation', ProfileWorkflowsSlowRequests, 2.5",
			"Oldest waiting work, ProfileWorkflowsOldestWorkTooOld, 300",
			"Oldest sweep, ProfileWorkflowsStaleTracking, 900" })
	void drawsTheLineWhereTheAlertBegins(String title, String alert, double threshold) {
		assertThat(alerts()).filteredOn(each -> each.path("alert").asString("").equals(alert))
			.singleElement()
			.satisfies(each -> assertThat(
					Double.parseDouble(each.path("expr").asString("").replaceFirst("(?s).*> ([\\d.]+)$", "$1")))
				.isEqualTo(threshold));
		assertThat(dashboard().path("panels").values())
			.filteredOn(panel -> panel.path("title").asString("").equals(title))
			.singleElement()
			.satisfies(panel -> {
				assertThat(panel.at("/fieldConfig/defaults/custom/thresholdsStyle/mode").asString(""))
					.isEqualTo("line");
				assertThat(panel.at("/fieldConfig/defaults/thresholds/steps").findValues("value"))
					.extracting(JsonNode::asDouble)
					.contains(threshold);
			});
	}

	@Test
	void dryRunsTheRequestOfTheChartsTest() throws IOException, InterruptedException {
		var answer = post("/domains/helm-test/workflows/integrations?dry-run=true",
				Files.readString(FILES.resolve("dry-run.json")));

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"Violations\":[]");
	}

	@ParameterizedTest
	@CsvSource({ "false, 0, It did a dry run", "true, 1, a stranger was answered" })
	void passesTheChartsTestOnlyWhenAllIsWell(String secured, int exit, String message)
			throws IOException, InterruptedException {
		Assumptions.assumeTrue(Stream.of("/usr/bin/curl", "/bin/curl").map(Path::of).anyMatch(Files::exists),
				"curl is not installed");
		var directory = Files.createTempDirectory("helm-test");
		Files.copy(FILES.resolve("test.sh"), directory.resolve("test.sh"));
		Files.copy(FILES.resolve("dry-run.json"), directory.resolve("request.json"));
		var test = new ProcessBuilder("sh", directory.resolve("test.sh").toString()).redirectErrorStream(true);
		test.environment().putAll(Map.of("API", service, "MANAGEMENT", management, "SECURED", secured));

		var process = test.start();
		var output = new String(process.getInputStream().readAllBytes());

		assertThat(process.waitFor()).as(output).isEqualTo(exit);
		assertThat(output).contains("It is ready.", message);
	}

	/** What other Spring Boot services measure, too, must not raise an alarm here. */
	@ParameterizedTest
	@CsvSource({ "'', acme-profile-workflows-management", "scraped-otherwise, scraped-otherwise" })
	void asksForItsOwnOfWhatOthersMeasureToo(String job, String expected) {
		var rules = Chart.production()
			.with("prometheusRule: { enabled: true, job: '%s' }".formatted(job))
			.template()
			.the("PrometheusRule")
			.path("spec");

		assertThat(expressions(rules))
			.filteredOn(expression -> expression.matches("(?s).*\\b(up|(http|hikaricp|process|ssl)_\\w+)\\{.*"))
			.hasSizeGreaterThan(10)
			.allSatisfy(
					expression -> assertThat(expression).contains("namespace=\"teams\",job=\"%s\"".formatted(expected))
						.doesNotContain("job=~"));
	}

	private static Stream<String> expressions(JsonNode rules) {
		return rules.findValues("expr").stream().map(JsonNode::asString);
	}

	/** So that what is measured only when it happens has happened. */
	private void use() {
		var request = SampleRequest.in("monitoring");
		for (var time = 0; time < 2; time++) {
			assertThat(post(request.path(), request.json()).statusCode()).isEqualTo(202);
		}
		System.gc();
	}

	private HttpResponse<String> post(String path, String body) {
		return send(HttpRequest.newBuilder(URI.create(service + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/** Labels by metric. */
	private Map<String, Set<String>> scrape() {
		var metrics = new HashMap<String, Set<String>>();
		send(HttpRequest.newBuilder(URI.create(management + "/actuator/prometheus"))).body()
			.lines()
			.filter(line -> !line.startsWith("#"))
			.map(SAMPLE::matcher)
			.filter(sample -> sample.lookingAt())
			.forEach(sample -> {
				var labels = metrics.computeIfAbsent(sample.group("name"), _ -> new HashSet<>());
				if (sample.group("labels") != null) {
					LABEL.matcher(sample.group("labels")).results().forEach(label -> labels.add(label.group(1)));
				}
			});
		return metrics;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException failure) {
			throw new IllegalStateException(failure);
		}
		catch (InterruptedException failure) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(failure);
		}
	}

	private static Map<String, Set<String>> asked() {
		var asked = new HashMap<String, Set<String>>();
		Stream
			.of(Yaml.read(FILES.resolve("alerts.yaml")).findValues("expr").stream().map(JsonNode::asString),
					dashboard().findValues("expr").stream().map(expression -> expression.asString("")),
					Stream.of(Chart.production()
						.template()
						.the("ScaledObject")
						.at("/spec/triggers/0/metadata/query")
						.asString("")))
			.flatMap(expressions -> expressions)
			.forEach(expression -> PromQl.metrics(expression)
				.forEach((metric, labels) -> asked.computeIfAbsent(metric, _ -> new HashSet<>()).addAll(labels)));
		asked.values().forEach(labels -> labels.removeAll(OF_THE_TARGET));
		// the operator names the Service in it
		asked.values().forEach(labels -> labels.remove("service"));
		return asked;
	}

	/** By the rules, from what is asked for there. */
	private static List<String> recorded() {
		return Yaml.read(FILES.resolve("alerts.yaml")).findValues("record").stream().map(JsonNode::asString).toList();
	}

	private static List<JsonNode> alerts() {
		return List.copyOf(Yaml.read(FILES.resolve("alerts.yaml")).findParents("alert"));
	}

	private static JsonNode dashboard() {
		return Yaml.read(FILES.resolve("dashboard.json"));
	}

}
