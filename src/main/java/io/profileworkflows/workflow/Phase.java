package io.profileworkflows.workflow;

import java.util.EnumSet;
import java.util.Set;

/**
 * How far this service has come with a workflow, from the request to AWS's last word.
 * {@link Status} is what AWS says. The database has the same table of transitions.
 */
public enum Phase {

	/** Stored; will be sent. */
	ACCEPTED,
	/** An attempt is committed, about to be sent or on its way. */
	SUBMITTING,
	/** An attempt may or may not have made a workflow at AWS. */
	UNCONFIRMED,
	/** Needs a person. */
	NEEDS_REVIEW,
	/** Runs at AWS under an id that is known here. */
	SUBMITTED,
	/** Ended at AWS, one way or another. */
	FINISHED,
	/** Refused by AWS, or no longer sensible to send. Nothing exists at AWS. */
	REJECTED,
	/** Deleted before anything was made at AWS. */
	CANCELLED,
	/** AWS is being asked to delete it. */
	DELETING,
	/** Deleted at AWS. */
	DELETED;

	/** Where a FlowName is free again: nothing at AWS carries it. */
	private static final Set<Phase> RELEASES_FLOW_NAME = EnumSet.of(REJECTED, CANCELLED, DELETED);

	boolean canBecome(Phase next) {
		return switch (this) {
			case ACCEPTED -> next == SUBMITTING || next == CANCELLED || next == REJECTED || next == NEEDS_REVIEW;
			case SUBMITTING -> next == SUBMITTED || next == ACCEPTED || next == REJECTED || next == UNCONFIRMED
					|| next == NEEDS_REVIEW;
			case UNCONFIRMED -> next == SUBMITTED || next == ACCEPTED || next == CANCELLED || next == NEEDS_REVIEW;
			case NEEDS_REVIEW -> next == SUBMITTED || next == ACCEPTED || next == REJECTED;
			case SUBMITTED -> next == FINISHED || next == DELETING;
			case FINISHED -> next == DELETING;
			case DELETING -> next == DELETED || next == SUBMITTED || next == FINISHED;
			case REJECTED, CANCELLED, DELETED -> false;
		};
	}

	boolean releasesFlowName() {
		return RELEASES_FLOW_NAME.contains(this);
	}

	/** Whether nothing of it is at AWS any more, or ever was. */
	public boolean isOver() {
		return releasesFlowName();
	}

	/**
	 * Whether this service still has something to do about it without being asked.
	 */
	public boolean isLive() {
		return this != FINISHED && !releasesFlowName();
	}

}
