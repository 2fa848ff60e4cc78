package io.profileworkflows.workflow;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The changes of a workflow that subscribers hear of.
 */
public enum Milestone {

	/** It was accepted, also as another try at a failed one. */
	ACCEPTED,
	/** It runs at AWS. */
	SUBMITTED,
	/** A person has to decide. */
	NEEDS_REVIEW,
	/** It was refused, and nothing is at AWS. */
	REJECTED,
	/** It ended at AWS. */
	FINISHED,
	/** It was deleted before anything was made at AWS. */
	CANCELLED,
	/** It was deleted at AWS. */
	DELETED,
	/** The health of its flow is another one. */
	FLOW_HEALTH_CHANGED;

	/**
	 * A deletion that AWS refused leads back to where the workflow was before, which is
	 * no news.
	 */
	static Optional<Milestone> of(@Nullable Phase before, Phase phase) {
		if (before == phase || before == Phase.DELETING && phase != Phase.DELETED) {
			return Optional.empty();
		}
		return switch (phase) {
			case ACCEPTED -> (before == null) ? Optional.of(ACCEPTED) : Optional.empty();
			case SUBMITTED -> Optional.of(SUBMITTED);
			case NEEDS_REVIEW -> Optional.of(NEEDS_REVIEW);
			case REJECTED -> Optional.of(REJECTED);
			case FINISHED -> Optional.of(FINISHED);
			case CANCELLED -> Optional.of(CANCELLED);
			case DELETED -> Optional.of(DELETED);
			case SUBMITTING, UNCONFIRMED, DELETING -> Optional.empty();
		};
	}

}
