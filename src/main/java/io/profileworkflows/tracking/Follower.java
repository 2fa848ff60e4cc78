package io.profileworkflows.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.RemoteStep;
import io.profileworkflows.customerprofiles.RemoteWorkflow;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Step;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes over what AWS tells of single workflows.
 */
@Component
class Follower {

	private static final String ACTOR = "tracking";

	private final CustomerProfiles customerProfiles;

	private final Workflows workflows;

	Follower(CustomerProfiles customerProfiles, Workflows workflows) {
		this.customerProfiles = customerProfiles;
		this.workflows = workflows;
	}

	/**
	 * Takes over all that AWS tells of a workflow, which costs two calls.
	 * @return whether AWS knows it
	 */
	boolean look(Priority priority, String domainName, WorkflowId id, String remoteWorkflowId) {
		var remote = customerProfiles.find(priority, domainName, remoteWorkflowId);
		if (remote.isEmpty()) {
			return false;
		}
		var steps = customerProfiles.steps(priority, domainName, remoteWorkflowId);
		var progress = progress(remote.get(), steps);
		workflows.follow(id, progress, says(progress.status()));
		return true;
	}

	/** Takes over the status that a listing shows, which costs no call. */
	void takeOverStatus(WorkflowId id, RemoteListItem item) {
		workflows.followStatus(id, item.status(), item.lastUpdatedAt(), says(item.status()));
	}

	void end(WorkflowId id) {
		workflows.vanish(id, Cause.of(ACTOR, "Customer Profiles no longer knows it"));
	}

	private static Cause says(String status) {
		return Cause.of(ACTOR, "Customer Profiles says %s".formatted(status));
	}

	private static Progress progress(RemoteWorkflow remote, List<RemoteStep> steps) {
		return new Progress(Objects.requireNonNullElse(remote.status(), "NOT_STARTED"), remote.errorDescription(),
				remote.startDate(), remote.lastUpdatedAt(), metrics(remote.metrics()),
				steps.stream().map(Follower::step).toList());
	}

	private static Progress.@Nullable Metrics metrics(RemoteWorkflow.@Nullable Metrics metrics) {
		return (metrics == null) ? null : new Progress.Metrics(orZero(metrics.recordsProcessed()),
				orZero(metrics.stepsCompleted()), orZero(metrics.totalSteps()));
	}

	private static Step step(RemoteStep step) {
		return new Step(orEmpty(step.flowName()), orEmpty(step.status()), orEmpty(step.executionMessage()),
				orZero(step.recordsProcessed()), orEmpty(step.batchRecordsStartTime()),
				orEmpty(step.batchRecordsEndTime()), orEpoch(step.createdAt()), orEpoch(step.lastUpdatedAt()));
	}

	private static long orZero(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static Instant orEpoch(@Nullable Instant time) {
		return (time != null) ? time : Instant.EPOCH;
	}

}
