package io.profileworkflows.chart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.ServiceTest;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * What a real Prometheus makes of the service: of its metrics, of the rules and of the
 * dashboard's expressions. Debian's 2.42 refuses a whole scrape for one exemplar in a
 * place where it knows none.
 */
@ServiceTest
class PrometheusTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** Names of metrics that Spring Boot and its like make, whose style is theirs. */
	private static final Pattern OF_OTHERS = Pattern
		.compile("(jvm|process|system|http|hikaricp|jdbc|tomcat|logback|application|disk|executor|spring|tasks)_.+");

	@TempDir
	Path directory;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String service;

	private final int managementPort;

	PrometheusTests(@LocalServerPort int port, @LocalManagementPort int managementPort) {
		this.service = "http://localhost:" + port;
		this.managementPort = managementPort;
	}

	@Test
	void getsExamplesWhereOldOnesTakeThem() throws IOException, InterruptedException {
		use();

		assertThat(scrape("application/openmetrics-text").filter(line -> line.contains(" # {"))
			.map(line -> line.replaceFirst("[{ ].*", ""))).isNotEmpty()
			.allMatch(name -> name.endsWith("_bucket") || name.endsWith("_total"));
	}

	@Test
	void scrapesTheServiceWithExamples() throws IOException, InterruptedException {
		assumeThat(Prometheus.program("prometheus")).as("Debian's package prometheus").isPresent();
		use();

		try (var prometheus = Prometheus.scraping(managementPort, directory,
				Chart.DIRECTORY.resolve("files/alerts.yaml"))) {
			await().atMost(PATIENCE).until(prometheus::isReady);

			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(prometheus.target().path("health").asString(""))
					.as(prometheus.target().path("lastError").asString(""))
					.isEqualTo("up"));
			await().atMost(PATIENCE).untilAsserted(() -> {
				assertThat(prometheus.query("up{job=\"profile-workflows\"} == 1")).hasSize(1);
				assertThat(prometheus.query("sum(workflows_accepted_total) > 0")).hasSize(1);
				assertThat(prometheus.query("upstream_calls_seconds_count > 0")).isNotEmpty();
				assertThat(prometheus.exemplars("http_server_requests_seconds_bucket"))
					.anyMatch(exemplar -> exemplar.at("/labels/trace_id").isString());
			});
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(prometheus.rules()).isNotEmpty()
					.allSatisfy(
							rule -> assertThat(rule.path("health").asString("")).as(rule.toString()).isEqualTo("ok")));
			for (var expression : expressionsOfTheDashboard()) {
				prometheus.query(expression);
			}
			showsFiguresWhereNothingHappened(prometheus);
		}
	}

	/** Where nothing has failed, 0 is right; and nothing has been late. */
	private static void showsFiguresWhereNothingHappened(Prometheus prometheus) throws IOException {
		var leading = Yaml.read(Chart.DIRECTORY.resolve("files/dashboard.json"))
			.path("panels")
			.values()
			.stream()
			.filter(panel -> panel.path("type").asString("").equals("stat"))
			.limit(4)
			.flatMap(panel -> panel.findValues("expr").stream())
			.map(JsonNode::asString)
			.toList();
		for (var expression : leading) {
			assertThat(prometheus.query(withVariables(expression, ".*"))).as(expression).hasSize(1);
			assertThat(prometheus.query(withVariables(expression, "nowhere"))).as(expression).hasSize(1);
		}
	}

	/** With promtool's own words for what it does not like. */
	@Test
	void findsNothingWrongWithTheNamesOfOurMetrics() throws IOException, InterruptedException {
		assumeThat(Prometheus.program("promtool")).as("promtool, of Debian's package prometheus").isPresent();
		use();
		var process = new ProcessBuilder(Prometheus.program("promtool").orElseThrow().toString(), "check", "metrics")
			.redirectErrorStream(true)
			.start();
		try (var input = process.getOutputStream()) {
			for (var line : scrape("text/plain").toList()) {
				input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
			}
		}
		var complaints = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

		// 3 is for matters of style
		assertThat(process.waitFor()).as(complaints.toString()).isIn(0, 3);
		assertThat(complaints).allMatch(complaint -> OF_OTHERS.matcher(complaint).matches());
	}

	private void use() throws IOException, InterruptedException {
		var request = SampleRequest.in("scraped");
		var answer = http.send(HttpRequest.newBuilder(URI.create(service + request.path()))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(request.json()))
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
	}

	private Stream<String> scrape(String format) throws IOException, InterruptedException {
		return http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/prometheus"))
				.header("Accept", format)
				.build(), HttpResponse.BodyHandlers.ofString())
			.body()
			.lines();
	}

	private static List<String> expressionsOfTheDashboard() {
		return Yaml.read(Chart.DIRECTORY.resolve("files/dashboard.json"))
			.findValues("expr")
			.stream()
			.map(JsonNode::asString)
			.map(expression -> withVariables(expression, ".*"))
			.toList();
	}

	private static String withVariables(String expression, String value) {
		return expression.replaceAll("\\$__(rate_)?(interval|range)", "1m").replaceAll("\\$\\w+", value);
	}

}
