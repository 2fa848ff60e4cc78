package io.profileworkflows.submission;

import java.util.List;
import java.util.UUID;

import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of workflows, with its attempts and its submission work.
 */
final class WorldWorkflow {

	static final String CONNECTOR = "Salesforce";

	static final String PROFILE = "crm";

	static final String ROLE = "arn:aws:iam::123456789012:role/ingest";

	/** Counts all requests there ever were, which no restore takes back. */
	final int request;

	final WorkflowId id;

	final String flowName;

	final long spoilsAt;

	final WorldWork work;

	Phase phase = Phase.ACCEPTED;

	boolean isDeletionRequested;

	boolean isAdopted;

	boolean isGivenUp;

	@Nullable String remoteId;

	List<Attempt> attempts = List.of();

	/** Why it is in review, null if its work was parked. */
	ReconciliationResult.@Nullable Undecidable review;

	WorldWorkflow(int request, String flowName, long spoilsAt) {
		this(request, new WorkflowId(new UUID(0, request)), flowName, spoilsAt, new WorldWork());
	}

	private WorldWorkflow(int request, WorkflowId id, String flowName, long spoilsAt, WorldWork work) {
		this.request = request;
		this.id = id;
		this.flowName = flowName;
		this.spoilsAt = spoilsAt;
		this.work = work;
	}

	boolean holdsFlowName() {
		return phase != Phase.REJECTED && phase != Phase.CANCELLED && phase != Phase.DELETED;
	}

	boolean hasUnresolvedAttempt() {
		for (var attempt : attempts) {
			if (attempt.isUnresolved()) {
				return true;
			}
		}
		return false;
	}

	UnconfirmedWorkflow asCase() {
		return new UnconfirmedWorkflow(id, flowName, CONNECTOR, PROFILE, ROLE, attempts);
	}

	/** Whether what was found is reason enough not to decide. */
	boolean isReviewExplained() {
		return review == null || review.candidates().size() > 1
				|| review.candidates().stream().map(Candidate::flowNames).anyMatch(List::isEmpty)
				|| review.reason().contains("does not show its domain");
	}

	WorldWorkflow copy() {
		var copy = new WorldWorkflow(request, id, flowName, spoilsAt, work.copy());
		copy.phase = phase;
		copy.isDeletionRequested = isDeletionRequested;
		copy.isAdopted = isAdopted;
		copy.isGivenUp = isGivenUp;
		copy.remoteId = remoteId;
		copy.attempts = attempts;
		copy.review = review;
		return copy;
	}

	@Override
	public String toString() {
		return "#%d %s %s".formatted(request, flowName, phase);
	}

}
