package io.profileworkflows.tracking;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListedChangeTests {

	private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

	@Test
	void putsWhatEndedFirstAndWhatOnlyMakesProgressLast() {
		var progress = change("IN_PROGRESS", NOON, "IN_PROGRESS", NOON.plusSeconds(9));
		var oldProgress = change("IN_PROGRESS", NOON.minusSeconds(60), "IN_PROGRESS", NOON.plusSeconds(9));
		var begin = change("NOT_STARTED", NOON, "IN_PROGRESS", NOON.plusSeconds(9));
		var failure = change("IN_PROGRESS", NOON, "FAILED", NOON.plusSeconds(9));
		var unseen = change(null, null, "NOT_STARTED", NOON);

		assertThat(Stream.of(progress, begin, oldProgress, failure, unseen).sorted(ListedChange.BY_URGENCY))
			.containsExactly(failure, unseen, begin, oldProgress, progress);
	}

	@Test
	void isNoneWhereNothingIsNew() {
		assertThat(isChanged("IN_PROGRESS", NOON, "IN_PROGRESS", NOON)).isFalse();
		assertThat(isChanged("IN_PROGRESS", NOON, "SPLIT", NOON)).isTrue();
		assertThat(isChanged("IN_PROGRESS", NOON, "IN_PROGRESS", NOON.plusMillis(1))).isTrue();
		assertThat(isChanged(null, null, "NOT_STARTED", NOON)).isTrue();
	}

	private static boolean isChanged(@Nullable String before, @Nullable Instant seen, String status,
			Instant updatedAt) {
		var change = change(before, seen, status, updatedAt);
		return ListedChange.isChanged(change.workflow(), change.item());
	}

	private static ListedChange change(@Nullable String before, @Nullable Instant seen, String status,
			Instant updatedAt) {
		var id = new WorkflowId(UUID.randomUUID());
		return new ListedChange(new TrackedWorkflow(id, id.toString(), before, seen, NOON, NOON, 0),
				new RemoteListItem(id.toString(), status, null, NOON, updatedAt));
	}

}
