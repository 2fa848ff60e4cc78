package io.profileworkflows.tracking;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.SimulatedAws;
import io.profileworkflows.outbox.WorkOff;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@EmptyTables
class TrackingMetricsTests {

	private static final long HOUR = TimeUnit.HOURS.toSeconds(1);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private TrackingMetrics metrics;

	@Autowired
	SweepTimes times;

	@Autowired
	Workflows workflows;

	@Autowired
	WorkOff workOff;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	void begin() {
		metrics = new TrackingMetrics(times, meters);
		SimulatedAws.simulator().reset();
	}

	@AfterEach
	void end() {
		SimulatedAws.simulator().reset();
	}

	@Test
	void showTheDomainThatWasSeenLongestAgo() {
		var early = submit("early");
		submittedBefore("3 hours", early);
		submittedBefore("3 hours", submit("late"));
		seen("early", "2 hours");
		seen("late", "1 minute");

		assertThat(staleness()).isBetween(2 * HOUR, 2 * HOUR + 300);

		seen("early", "0 seconds");
		assertThat(staleness()).isBetween(60L, 360L);
	}

	@Test
	void showADomainThatWasNeverSeenAsStaleAsItsOldestWorkflow() {
		var oldest = submit("unseen");
		submit("unseen");
		submittedBefore("1 hour", oldest);

		assertThat(staleness()).isBetween(HOUR, HOUR + 300);
	}

	@Test
	void doNotCountTheTimeInWhichNothingRan() {
		seen("revived", "90 days");
		submit("revived");

		assertThat(staleness()).isBetween(0L, 300L);
	}

	@Test
	void showNothingWhereNothingRuns() {
		var id = submit("over");
		submittedBefore("1 hour", id);
		seen("over", "1 hour");

		jdbc.sql("update workflow set phase = 'FINISHED', status = 'CANCELLED'").update();

		assertThat(staleness()).isZero();
	}

	private WorkflowId submit(String domainName) {
		var id = workflows.accept(SampleRequest.in(domainName).request(), List.of(), "anna", null).workflow().id();
		workOff.workOff(WorkKinds.SUBMISSION);
		return id;
	}

	private void submittedBefore(String time, WorkflowId id) {
		jdbc.sql("update workflow set submitted_at = clock_timestamp() - cast(:time as interval) where id = :id")
			.param("time", time)
			.param("id", id.value())
			.update();
	}

	private void seen(String domainName, String before) {
		times.seen(domainName);
		jdbc.sql("""
				update tracking_sweep set swept_at = clock_timestamp() - cast(:before as interval)
				where domain_name = :domainName
				""").param("before", before).param("domainName", domainName).update();
	}

	private long staleness() {
		metrics.measure();
		return (long) meters.get("tracking.staleness").timeGauge().value(TimeUnit.SECONDS);
	}

}
