package io.profileworkflows.subscriptions;

import java.util.Arrays;
import java.util.List;

import io.profileworkflows.workflow.Milestone;

/**
 * What a subscription can be told of.
 */
public final class EventType {

	/** What a name is made of: one for each {@link Milestone}. */
	public static final String PATTERN = "workflow\\.(?:accepted|submitted|needs-review|rejected|finished|cancelled|deleted)"
			+ "|flow\\.health-changed";

	/** What a subscription gets when somebody asks for a test. */
	static final String TEST = "subscription.test";

	private EventType() {
	}

	static String of(Milestone milestone) {
		return switch (milestone) {
			case ACCEPTED -> "workflow.accepted";
			case SUBMITTED -> "workflow.submitted";
			case NEEDS_REVIEW -> "workflow.needs-review";
			case REJECTED -> "workflow.rejected";
			case FINISHED -> "workflow.finished";
			case CANCELLED -> "workflow.cancelled";
			case DELETED -> "workflow.deleted";
			case FLOW_HEALTH_CHANGED -> "flow.health-changed";
		};
	}

	static List<String> all() {
		return Arrays.stream(Milestone.values()).map(EventType::of).toList();
	}

}
