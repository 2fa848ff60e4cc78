package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.Unreadable;
import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkflowId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweepTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private final List<TrackedWorkflow> running = Stream.of("a", "b", "c").map(SweepTests::tracked).toList();

	private final Looks follower = new Looks();

	@Test
	void looksAtOthersWhenOneIsLeftOut() {
		var sweep = new Sweep("retail", running, leavingOut("b"));
		sweep.see(running.stream().map(SweepTests::complete).toList());

		assertThat(sweep.lookAtChanges(follower, Duration.ofMinutes(1), Deadline.in(Duration.ofMinutes(1)))).isTrue();
		assertThat(follower.looked).containsExactlyInAnyOrder("a", "c");
	}

	@Test
	void takesNothingForGoneThatIsLeftOut() {
		var sweep = new Sweep("retail", running, leavingOut("b"));

		assertThat(sweep.endWhatIsGone(follower, NOW.plusSeconds(1), Deadline.in(Duration.ofMinutes(1)))).isTrue();
		assertThat(follower.ended).hasSize(2).doesNotContain(running.get(1).id());
	}

	private static Unreadable leavingOut(String remoteId) {
		return new Unreadable() {

			@Override
			public boolean isResting(String workflowId) {
				return workflowId.equals(remoteId);
			}

		};
	}

	private static TrackedWorkflow tracked(String remoteId) {
		return new TrackedWorkflow(WorkflowId.of(remoteId.repeat(32)), remoteId, "IN_PROGRESS", NOW, NOW, NOW, 0);
	}

	private static RemoteListItem complete(TrackedWorkflow workflow) {
		return new RemoteListItem(workflow.remoteWorkflowId(), "COMPLETE", null, NOW, NOW);
	}

	/** AWS knows none. */
	private static final class Looks extends Follower {

		private final List<String> looked = new ArrayList<>();

		private final List<WorkflowId> ended = new ArrayList<>();

		Looks() {
			super(null, null);
		}

		@Override
		boolean look(Priority priority, String domainName, WorkflowId id, String remoteWorkflowId) {
			looked.add(remoteWorkflowId);
			return false;
		}

		@Override
		void end(WorkflowId id) {
			ended.add(id);
		}

	}

}
