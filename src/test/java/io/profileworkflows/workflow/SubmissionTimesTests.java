package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubmissionTimesTests {

	private static final Instant NOW = Instant.parse("2031-01-01T00:00:00Z");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final SubmissionTimes times = new SubmissionTimes(Clock.fixed(NOW, ZoneOffset.UTC), meters);

	@Test
	void countFromTheAcceptanceUntilAwsHasIt() {
		tell(Phase.SUBMITTING, Phase.SUBMITTED, Duration.ofSeconds(3));
		tell(Phase.UNCONFIRMED, Phase.SUBMITTED, Duration.ofMinutes(7));
		tell(Phase.NEEDS_REVIEW, Phase.SUBMITTED, Duration.ofHours(5));

		assertThat(timer().count()).isEqualTo(3);
		assertThat(timer().max(TimeUnit.HOURS)).isEqualTo(5);
		assertThat(timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3 + 7 * 60 + 5 * 3600);
	}

	@Test
	void leaveOutWhatIsNoSubmission() {
		tell(null, Phase.ACCEPTED, Duration.ZERO);
		tell(Phase.ACCEPTED, Phase.SUBMITTING, Duration.ofSeconds(1));
		tell(Phase.SUBMITTED, Phase.FINISHED, Duration.ofDays(1));
		tell(Phase.DELETING, Phase.SUBMITTED, Duration.ofDays(2));

		assertThat(timer().count()).isZero();
	}

	@Test
	void doNotMindTheClockOfTheReplicaThatAccepted() {
		tell(Phase.SUBMITTING, Phase.SUBMITTED, Duration.ofSeconds(-1));

		assertThat(timer().totalTime(TimeUnit.SECONDS)).isZero();
		assertThat(timer().count()).isOne();
	}

	private void tell(@Nullable Phase before, Phase phase, Duration after) {
		times
			.on(new Transition(WorkflowId.next(), "retail", before, phase, Status.NOT_STARTED, NOW.minus(after), null));
	}

	private Timer timer() {
		return meters.get("workflows.submitted").timer();
	}

}
