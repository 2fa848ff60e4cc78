package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTests {

	private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

	@Test
	void listsAllThatRunsInOneGo() {
		var running = LongStream.range(0, 500).mapToObj(hour -> running(hour, 1)).toList();

		assertThat(Window.over(running)).containsExactly(new Window(NOON.minus(Window.SKEW), null));
	}

	@Test
	void leavesOutWhatEndedInBetweenWhereItWouldFillAPage() {
		assertThat(Window.over(List.of(running(0, 0), running(1, 100), running(5, 101), running(6, 0))))
			.containsExactly(new Window(NOON.minus(Window.SKEW), at(1).plus(Window.LATE)),
					new Window(at(5).minus(Window.SKEW), null));
	}

	@Test
	void neverListsASpanTwice() {
		var first = running(0, 0);
		var soonAfter = new TrackedWorkflow(new WorkflowId(UUID.randomUUID()), "2", null, null, NOON.plusSeconds(60),
				NOON.plusSeconds(61), 5000);

		assertThat(Window.over(List.of(first, soonAfter))).hasSize(1);
	}

	@Test
	void coversWhatWasConfirmedLongAfterItWasAskedFor() {
		var found = new TrackedWorkflow(new WorkflowId(UUID.randomUUID()), "1", null, null, NOON, at(3), 0);

		assertThat(Window.over(List.of(found, running(10, 500)))).first()
			.isEqualTo(new Window(NOON.minus(Window.SKEW), at(3).plus(Window.LATE)));
	}

	private static TrackedWorkflow running(long hour, long endedBefore) {
		return new TrackedWorkflow(new WorkflowId(UUID.randomUUID()), Long.toString(hour), null, null, at(hour),
				at(hour), endedBefore);
	}

	private static Instant at(long hour) {
		return NOON.plus(Duration.ofHours(hour));
	}

}
