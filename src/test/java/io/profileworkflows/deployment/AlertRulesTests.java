package io.profileworkflows.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * When the alerts fire, and when they do not: Prometheus' own promtool decides.
 */
class AlertRulesTests {

	private static final Path RULES = Chart.DIRECTORY.resolve("files/alerts.yaml");

	private static final Path CASES = Chart.DIRECTORY.resolve("ci/alerts-test.yaml");

	@Test
	void fireWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
		assumeThat(Prometheus.program("promtool")).as("promtool, of Debian's package prometheus").isPresent();

		var process = new ProcessBuilder(Prometheus.program("promtool").orElseThrow().toString(), "test", "rules",
				CASES.toString())
			.redirectErrorStream(true)
			.start();
		var output = new String(process.getInputStream().readAllBytes());

		assertThat(process.waitFor()).as(output).isZero();
	}

	@Test
	void haveACaseEachInWhichTheyFireAndOneInWhichTheyDoNot() {
		var alerts = names(Yaml.read(RULES).at("/groups/0/rules").values().stream(), "alert");
		var cases = Yaml.read(CASES).path("tests");
		var quiet = cases.path(0).path("alert_rule_test").values();
		var firing = cases.path(1).at("/promql_expr_test/0/exp_samples").values();

		assertThat(names(quiet.stream(), "alertname")).containsExactlyInAnyOrderElementsOf(alerts);
		assertThat(quiet).noneMatch(alert -> alert.has("exp_alerts"));
		assertThat(firing.stream().map(sample -> sample.path("labels").asString("")))
			.containsExactlyInAnyOrderElementsOf(
					alerts.stream().map(alert -> "{alertname=\"%s\"}".formatted(alert)).toList());
	}

	private static List<String> names(Stream<JsonNode> nodes, String member) {
		return nodes.map(node -> node.path(member).asString("")).toList();
	}

}
