package io.profileworkflows.submission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import io.profileworkflows.customerprofiles.Turn;
import io.profileworkflows.workflow.Phase;

/**
 * What must be so after each step, and at the end.
 */
final class Invariants {

	private final World world;

	/** When the latest requests left. */
	private final Deque<Long> departures = new ArrayDeque<>();

	private final Set<Turn> used = new HashSet<>();

	Invariants(World world) {
		this.world = world;
	}

	/** Asked when an attempt is begun. */
	void maySend(WorldWorkflow workflow) {
		if (workflow.hasUnresolvedAttempt()) {
			throw new Violation(
					"%s is sent although an attempt is unresolved: %s".formatted(workflow, workflow.attempts));
		}
	}

	/** Asked when a request leaves. */
	void mayLeave(Turn turn) {
		if (!used.add(turn)) {
			throw new Violation("Two requests leave in one turn");
		}
		var now = world.now();
		departures.add(now);
		while (departures.getFirst() <= now - Clocks.SECOND) {
			departures.removeFirst();
		}
		if (departures.size() > WorldBudget.QUOTA + 1) {
			throw new Violation("%d requests leave in one second".formatted(departures.size()));
		}
	}

	/** Asked when a workflow takes one at AWS for its own. */
	void mayHold(WorldWorkflow workflow, String remoteId) {
		if (world.tables().isHeld(remoteId)) {
			throw new Violation("%s takes %s, which another one holds".formatted(workflow, remoteId));
		}
		var remote = world.aws().find(remoteId);
		if (remote.request == workflow.request) {
			return;
		}
		var isLost = remote.request != WorldAws.NOBODY && world.tables().find(remote.request) == null;
		// a request of the same name that a restore lost left the same behind
		var isTwin = isLost && remote.flowNames.contains(workflow.flowName);
		if (!isTwin && world.aws().findOwnOf(workflow.request) != null) {
			throw new Violation("%s takes %s and passes over its own".formatted(workflow, remoteId));
		}
		var beginsAlike = remote.flowNames.stream().anyMatch(name -> name.startsWith(workflow.flowName));
		if (!beginsAlike || remote.request != WorldAws.NOBODY && !isLost) {
			throw new Violation("%s takes %s, which #%d made".formatted(workflow, remoteId, remote.request));
		}
		world.count(isLost ? Happening.LOST_ADOPTED : Happening.FOREIGN_ADOPTED);
	}

	void check() {
		for (var workflow : world.tables().workflows()) {
			var count = world.aws().countOf(workflow.request);
			if (count > 1) {
				throw new Violation("%s is %d times at AWS".formatted(workflow, count));
			}
			if (count > 0 && (workflow.phase == Phase.CANCELLED || workflow.phase == Phase.REJECTED)) {
				throw new Violation("%s is at AWS".formatted(workflow));
			}
		}
	}

	void checkAtRest() {
		for (var workflow : world.tables().workflows()) {
			world.count(Happening.WORKFLOW);
			if (!hasEnded(workflow)) {
				throw new Violation("%s has come to rest there, attempts %s".formatted(workflow, workflow.attempts));
			}
		}
	}

	private boolean hasEnded(WorldWorkflow workflow) {
		return switch (workflow.phase) {
			case SUBMITTED -> {
				world.count(Happening.SUCCESS);
				yield workflow.isAdopted || world.aws().countOf(workflow.request) == 1 || world.isRestored();
			}
			case DELETED, CANCELLED -> true;
			case REJECTED -> workflow.isGivenUp || world.now() > workflow.spoilsAt
					|| workflow.attempts.getLast().outcome() == Attempt.Outcome.REFUSED;
			case NEEDS_REVIEW -> {
				world.count(Happening.LEFT_IN_REVIEW);
				yield workflow.isReviewExplained();
			}
			// while too much is left for a person to decide, nothing is claimed
			case ACCEPTED,
					SUBMITTING ->
				world.tables().isShut() && world.tables()
					.workflows()
					.stream()
					.anyMatch(other -> other.phase == Phase.NEEDS_REVIEW && other.hasUnresolvedAttempt());
			case UNCONFIRMED, FINISHED, DELETING -> false;
		};
	}

}
