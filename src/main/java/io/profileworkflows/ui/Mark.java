package io.profileworkflows.ui;

import io.profileworkflows.preflight.CheckResult;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Status;
import io.profileworkflows.workflow.Workflow;

/**
 * The shape that goes with a state, so that nobody has to tell colours apart.
 */
enum Mark {

	DONE("M3 8.5 6.5 12 13 4.5"),

	MOVING("M8 2a6 6 0 1 0 6 6M8 5v3.5l2.5 1.5"),

	WAITING("M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2"),

	PERSON("M8 2 1.5 14h13zM8 6.5v3.5M8 11.8v.4"),

	FAILED("M4 4l8 8M12 4l-8 8"),

	ENDED("M3 8h10");

	private final String path;

	Mark(String path) {
		this.path = path;
	}

	/** Within a square of 16. */
	public String path() {
		return path;
	}

	public String style() {
		return "mark mark-" + switch (this) {
			case DONE -> "done";
			case MOVING -> "moving";
			case WAITING -> "waiting";
			case PERSON -> "person";
			case FAILED -> "failed";
			case ENDED -> "ended";
		};
	}

	static Mark of(Workflow workflow) {
		return (workflow.phase() == Phase.FINISHED) ? of(workflow.status()) : of(workflow.phase());
	}

	static Mark of(Status status) {
		return switch (status) {
			case COMPLETE -> DONE;
			case FAILED -> FAILED;
			case CANCELLED -> ENDED;
			case IN_PROGRESS, SPLIT, RETRY -> MOVING;
			case NOT_STARTED -> WAITING;
		};
	}

	static Mark of(FlowHealth health) {
		return switch (health) {
			case HEALTHY -> DONE;
			case PENDING, UNKNOWN -> WAITING;
			case EMPTY, LATE, DRIFTED, INACTIVE -> PERSON;
			case FAILING, GONE -> FAILED;
		};
	}

	static Mark of(CheckResult result) {
		return switch (result) {
			case PASSED -> DONE;
			case FAILED -> FAILED;
			case UNKNOWN -> WAITING;
		};
	}

	static Mark of(Phase phase) {
		return switch (phase) {
			case NEEDS_REVIEW -> PERSON;
			case UNCONFIRMED, ACCEPTED -> WAITING;
			case SUBMITTING, SUBMITTED, DELETING -> MOVING;
			case REJECTED -> FAILED;
			case CANCELLED, DELETED -> ENDED;
			case FINISHED -> DONE;
		};
	}

}
