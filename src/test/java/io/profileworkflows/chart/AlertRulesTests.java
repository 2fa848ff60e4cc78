package io.profileworkflows.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Yaml;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * When the alerts fire, and when they do not: Prometheus' own promtool decides.
 */
@OnTheSide
class AlertRulesTests {

	private static final Path RULES = Chart.DIRECTORY.resolve("files/alerts.yaml");

	private static final Path CASES = Chart.DIRECTORY.resolve("ci/alerts-test.yaml");

	private static final Path CASES_OF_DAYS = Chart.DIRECTORY.resolve("ci/objectives-test.yaml");

	private static final Pattern FIRING = Pattern.compile("\\{alertname=\"(\\w+)\"}");

	@Test
	void fireWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
		assumeThat(Prometheus.program("promtool")).as("promtool, of Debian's package prometheus").isPresent();

		var process = new ProcessBuilder(Prometheus.program("promtool").orElseThrow().toString(), "test", "rules",
				CASES.toString(), CASES_OF_DAYS.toString())
			.redirectErrorStream(true)
			.start();
		var output = new String(process.getInputStream().readAllBytes());

		assertThat(process.waitFor()).as(output).isZero();
	}

	@Test
	void haveACaseEachInWhichTheyFireAndOneInWhichTheyDoNot() {
		var alerts = names(Yaml.read(RULES).findParents("alert").stream(), "alert");
		var cases = Yaml.read(CASES);
		var tried = cases.findParents("alertname").stream().filter(alert -> alert.has("eval_time")).toList();
		var fired = Stream.concat(names(tried.stream().filter(alert -> alert.has("exp_alerts")), "alertname").stream(),
				cases.findValues("exp_samples")
					.stream()
					.flatMap(samples -> names(samples.values().stream(), "labels").stream())
					.map(FIRING::matcher)
					.filter(Matcher::matches)
					.map(alert -> alert.group(1)));

		assertThat(alerts).hasSizeGreaterThan(20);
		assertThat(names(tried.stream().filter(alert -> !alert.has("exp_alerts")), "alertname")).containsAll(alerts)
			.isSubsetOf(alerts);
		assertThat(fired.distinct()).containsExactlyInAnyOrderElementsOf(alerts);
	}

	private static List<String> names(Stream<JsonNode> nodes, String member) {
		return nodes.map(node -> node.path(member).asString("")).toList();
	}

}
