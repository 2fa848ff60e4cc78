package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.Scrapes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class WorkflowMetricsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Autowired
	WorkflowCounts counts;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcClient jdbc;

	private WorkflowMetrics metrics;

	@BeforeEach
	void begin() {
		metrics = new WorkflowMetrics(counts, meters);
	}

	@Test
	void showsHowManyWorkflowsHaveComeHowFar() {
		accept();
		var second = accept();
		metrics.count();
		assertThat(workflows("ACCEPTED", "NOT_STARTED")).isEqualTo(2);

		workflows.change(second, Cause.of("test", "to see"), workflow -> workflow.reject("because"));
		metrics.count();
		assertThat(workflows("ACCEPTED", "NOT_STARTED")).isEqualTo(1);
		assertThat(workflows("REJECTED", "FAILED")).isEqualTo(1);
	}

	@Test
	void showsWhenNoWorkflowIsAtAStageAnyMore() {
		var only = accept();
		metrics.count();
		workflows.change(only, Cause.of("test", "to see"), Workflow::cancel);

		metrics.count();

		assertThat(workflows("ACCEPTED", "NOT_STARTED")).isZero();
		assertThat(meters.find("workflows").tag("phase", "REJECTED").gauge()).as("none came so far").isNull();
	}

	@Test
	void missesNothingInAScrapeWhileTheyAreCountedAnew() {
		var scrapes = new Scrapes();
		var scraped = new WorkflowMetrics(counts, scrapes.registry);
		var stages = Arrays.stream(Phase.values())
			.map(phase -> new WorkflowCounts.OfStage(phase, Status.NOT_STARTED, 3))
			.toList();

		scrapes.showAllTheTime(() -> scraped.show(stages), "workflows{phase=\"ACCEPTED\",status=\"NOT_STARTED\"} 3.0",
				"workflows{phase=\"DELETED\",status=\"NOT_STARTED\"} 3.0");
	}

	@Test
	void restsAfterItHasCounted() {
		var times = new AtomicInteger();
		var resting = new WorkflowMetrics(new WorkflowCounts(jdbc) {

			@Override
			List<OfStage> byStage() {
				times.incrementAndGet();
				return super.byStage();
			}

		}, meters);

		resting.countUnlessResting();
		resting.countUnlessResting();

		assertThat(times).hasValue(1);
	}

	@Test
	void keepsTheLastCountWhenTheDatabaseCannotBeAsked() {
		accept();
		jdbc.sql("alter table workflow rename to workflow_away").update();
		try {
			metrics.countUnlessResting();
		}
		finally {
			jdbc.sql("alter table workflow_away rename to workflow").update();
		}

		metrics.count();
		assertThat(workflows("ACCEPTED", "NOT_STARTED")).isEqualTo(1);
	}

	private WorkflowId accept() {
		return workflows.accept(SampleRequest.unique().request(), List.of(), "anna", null).workflow().id();
	}

	private double workflows(String phase, String status) {
		return meters.get("workflows").tags("phase", phase, "status", status).gauge().value();
	}

}
