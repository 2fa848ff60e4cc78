package io.profileworkflows.workflow;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
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
	void showsNoStageWithoutWorkflows() {
		workflows.change(accept(), Cause.of("test", "to see"), Workflow::cancel);

		metrics.count();

		assertThat(meters.find("workflows").tag("phase", "ACCEPTED").gauge()).isNull();
	}

	@Test
	void restsAfterItHasCounted() {
		metrics.countUnlessResting();
		accept();

		metrics.countUnlessResting();

		assertThat(meters.find("workflows").gauge()).isNull();
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
