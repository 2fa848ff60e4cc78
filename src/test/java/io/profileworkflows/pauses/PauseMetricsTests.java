package io.profileworkflows.pauses;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@PostgresTest
@EmptyTables
class PauseMetricsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Autowired
	Pauses pauses;

	@Autowired
	JdbcClient jdbc;

	@Test
	void countPausesAndTellTheAgeOfTheOldest() {
		var metrics = new PauseMetrics(pauses, meters);
		metrics.count();
		assertThat(meters.get("submission.pauses").gauge().value()).isZero();
		assertThat(age()).isZero();

		pauses.pause("retail", "olga", "moves");
		jdbc.sql("update submission_pause set paused_at = clock_timestamp() - interval '25 hours'").update();
		pauses.pause(Pauses.EVERYWHERE, "olga", "incident");
		metrics.count();

		assertThat(meters.get("submission.pauses").gauge().value()).isEqualTo(2);
		assertThat(age()).isCloseTo(90_000, within(600.0));

		pauses.resume("retail", "olga", "moved");
		metrics.count();

		assertThat(meters.get("submission.pauses").gauge().value()).isOne();
		assertThat(age()).isLessThan(600);
	}

	private double age() {
		return meters.get("submission.pause.age").timeGauge().value(TimeUnit.SECONDS);
	}

}
