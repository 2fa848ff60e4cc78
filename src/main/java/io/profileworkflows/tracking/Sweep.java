package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.Unreadable;
import io.profileworkflows.workflow.TrackedWorkflow;

/**
 * What one look at all that runs in a domain brings to light. The listing tells for
 * nothing what changed; what it does not tell is read workflow by workflow, the most
 * urgent first and for as long as there is time.
 */
class Sweep {

	private final String domainName;

	/** By AWS's id; the oldest first. */
	private final Map<String, TrackedWorkflow> unseen = new LinkedHashMap<>();

	private final PriorityQueue<ListedChange> changes = new PriorityQueue<>(ListedChange.BY_URGENCY);

	private final Unreadable unreadable;

	Sweep(String domainName, List<TrackedWorkflow> running, Unreadable unreadable) {
		this.domainName = domainName;
		this.unreadable = unreadable;
		running.forEach(workflow -> unseen.put(workflow.remoteWorkflowId(), workflow));
	}

	/**
	 * Takes a page of the listing.
	 * @return the changes of status that it shows
	 */
	List<ListedChange> see(List<RemoteListItem> page) {
		var ofStatus = new ArrayList<ListedChange>();
		for (var item : page) {
			var workflow = unseen.remove(item.workflowId());
			if (workflow != null && ListedChange.isChanged(workflow, item)) {
				var change = new ListedChange(workflow, item);
				changes.add(change);
				if (change.isOfStatus()) {
					ofStatus.add(change);
				}
			}
		}
		return ofStatus;
	}

	boolean hasSeenAll() {
		return unseen.isEmpty();
	}

	/**
	 * OnDemandTracking at what changed. What makes progress only is looked at for a
	 * while, and what is left of it next time.
	 * @return false when the time was too short even for what has ended
	 */
	boolean lookAtChanges(Follower follower, Duration whileOfProgress, Deadline deadline) {
		var ofProgress = Deadline.in(whileOfProgress);
		for (var next = changes.poll(); next != null; next = changes.poll()) {
			if (deadline.hasPassed() || (!next.isEnd() && ofProgress.hasPassed())) {
				return !next.isEnd();
			}
			// what is listed is there, even where it cannot be read yet
			look(follower, next.workflow());
		}
		return true;
	}

	/**
	 * Ends what AWS neither lists nor knows.
	 * @param newest submitted since then, it need not be listed yet
	 * @return false when the time was too short to ask for each
	 */
	boolean endWhatIsGone(Follower follower, Instant newest, Deadline deadline) {
		for (var unlisted : unseen.values()) {
			if (!unlisted.submittedAt().isBefore(newest)) {
				continue;
			}
			if (deadline.hasPassed()) {
				return false;
			}
			if (!look(follower, unlisted)) {
				follower.end(unlisted.id());
			}
		}
		return true;
	}

	/**
	 * @return false only if AWS says that it does not know it
	 */
	private boolean look(Follower follower, TrackedWorkflow workflow) {
		var remoteId = workflow.remoteWorkflowId();
		return unreadable.ask(remoteId, () -> follower.look(Priority.SWEEP, domainName, workflow.id(), remoteId))
			.orElse(true);
	}

}
