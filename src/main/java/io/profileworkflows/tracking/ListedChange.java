package io.profileworkflows.tracking;

import java.util.Comparator;
import java.util.Objects;

import io.profileworkflows.customerprofiles.FinalStatuses;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.workflow.TrackedWorkflow;

/**
 * A workflow that AWS lists otherwise than it was last seen.
 */
record ListedChange(TrackedWorkflow workflow, RemoteListItem item) {

	/**
	 * What has ended first, then what goes on in another way; what only makes progress
	 * can wait, and waits in the order in which it was seen.
	 */
	static final Comparator<ListedChange> BY_URGENCY = Comparator.comparing(ListedChange::isEnd)
		.thenComparing(ListedChange::isOfStatus)
		.reversed()
		.thenComparing(change -> change.workflow.remoteUpdatedAt(), Comparator.nullsFirst(Comparator.naturalOrder()));

	static boolean isChanged(TrackedWorkflow workflow, RemoteListItem item) {
		return !item.status().equals(workflow.remoteStatus())
				|| !Objects.equals(item.lastUpdatedAt(), workflow.remoteUpdatedAt());
	}

	boolean isEnd() {
		return FinalStatuses.include(item.status());
	}

	boolean isOfStatus() {
		return !item.status().equals(workflow.remoteStatus());
	}

}
