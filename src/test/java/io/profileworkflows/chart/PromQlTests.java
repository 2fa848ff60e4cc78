package io.profileworkflows.chart;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PromQlTests {

	@Test
	void findsMetricsAndTheLabelsTheyAreAskedFor() {
		assertThat(PromQl.metrics("""
				sum by (namespace, job) (max by (namespace, job, kind) (outbox_backlog)) > 0
				unless sum by (namespace) (rate(outbox_runs_seconds_count{outcome="handled",uri!~"/a.*"}[5m])) > 1e3
				"""))
			.isEqualTo(Map.of("outbox_backlog", Set.of(), "outbox_runs_seconds_count", Set.of("outcome", "uri")));
		assertThat(PromQl.metrics("changes(kube_pod{condition=\"true\"}[15m]) > 4 and on (namespace, pod) up"))
			.isEqualTo(Map.of("kube_pod", Set.of("condition"), "up", Set.of()));
		assertThat(
				PromQl.metrics("histogram_quantile(0.95, sum by (kind, le) (rate(a_bucket{job=~\"$job\"}[$__range])))"))
			.isEqualTo(Map.of("a_bucket", Set.of("job")));
	}

}
