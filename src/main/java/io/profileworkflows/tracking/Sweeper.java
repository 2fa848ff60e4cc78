package io.profileworkflows.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.customerprofiles.RemoteListItem;
import io.profileworkflows.customerprofiles.RemoteStep;
import io.profileworkflows.customerprofiles.RemoteWorkflow;
import io.profileworkflows.customerprofiles.WorkflowPage;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.Progress;
import io.profileworkflows.workflow.Step;
import io.profileworkflows.workflow.TrackedWorkflow;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows all that runs at AWS in a domain by its listing, a hundred workflows to a page,
 * and looks closer only at what changed: AWS allows five reads a second for everybody.
 */
@Component
class Sweeper implements WorkHandler {

	private static final String ACTOR = "tracking";

	/** How far AWS's clock may be from ours. */
	private static final Duration SKEW = Duration.ofMinutes(5);

	/** What is listed of a domain that AWS does not know. */
	private static final WorkflowPage NOTHING = new WorkflowPage(List.of(), null);

	private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

	private final CustomerProfiles customerProfiles;

	private final Workflows workflows;

	private final Duplicates duplicates;

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final TrackingSettings settings;

	private final Clock clock;

	Sweeper(CustomerProfiles customerProfiles, Workflows workflows, Duplicates duplicates, Outbox outbox,
			TransactionOperations transactions, TrackingSettings settings, Clock clock) {
		this.customerProfiles = customerProfiles;
		this.workflows = workflows;
		this.duplicates = duplicates;
		this.outbox = outbox;
		this.transactions = transactions;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return WorkKinds.TRACKING;
	}

	@Override
	public int slots() {
		return settings.slots();
	}

	@Override
	public void handle(Work work) {
		// what has changed may take longer to read than a lease holds
		var deadline = Deadline.in(outbox.lease().dividedBy(2));
		var running = workflows.runningAtAws(work.domain());
		try {
			if (running.isEmpty() || sweep(work.domain(), running, deadline)) {
				settle(work);
			}
			else {
				outbox.reschedule(work, Duration.ZERO);
			}
		}
		catch (CallFailed failed) {
			log.warn("The sweep of domain {} broke off: {}", work.domain(), failed.getMessage());
			outbox.retryAfter(work, Objects.requireNonNullElse(failed.retryAfter(), settings.sweepInterval()));
		}
	}

	/**
	 * @return false when the time was too short for all that runs; what was seen is
	 * remembered, so that the next sweep gets further
	 */
	private boolean sweep(String domainName, List<TrackedWorkflow> running, Deadline deadline) {
		Map<String, TrackedWorkflow> unseen = new HashMap<>(
				running.stream().collect(Collectors.toMap(TrackedWorkflow::remoteWorkflowId, Function.identity())));
		String nextToken = null;
		do {
			var page = customerProfiles.list(Priority.SWEEP, domainName, beginningOf(running), null, nextToken)
				.orElse(NOTHING);
			for (var item : page.items()) {
				var workflow = unseen.remove(item.workflowId());
				if (workflow != null && hasChanged(workflow, item)) {
					if (deadline.hasPassed()) {
						return false;
					}
					// what is listed is there, even where it cannot be read yet
					look(domainName, workflow);
				}
			}
			if (!deadline.hasPassed()) {
				duplicates.watch(domainName, page.items());
			}
			nextToken = page.nextToken();
		}
		while (nextToken != null && !unseen.isEmpty());
		var newest = clock.instant().minus(settings.listLag());
		for (var unlisted : unseen.values()) {
			if (!unlisted.submittedAt().isBefore(newest)) {
				continue;
			}
			if (deadline.hasPassed()) {
				return false;
			}
			if (!look(domainName, unlisted)) {
				workflows.vanish(unlisted.id(), Cause.of(ACTOR, "Customer Profiles no longer knows it"));
			}
		}
		return true;
	}

	private static Instant beginningOf(List<TrackedWorkflow> running) {
		return running.stream().map(TrackedWorkflow::createdAt).min(Instant::compareTo).orElseThrow().minus(SKEW);
	}

	private static boolean hasChanged(TrackedWorkflow workflow, RemoteListItem item) {
		return !item.status().equals(workflow.remoteStatus())
				|| !Objects.equals(item.lastUpdatedAt(), workflow.remoteUpdatedAt());
	}

	/**
	 * Takes over what AWS tells of a workflow.
	 * @return whether AWS knows it
	 */
	private boolean look(String domainName, TrackedWorkflow workflow) {
		var remote = customerProfiles.find(Priority.SWEEP, domainName, workflow.remoteWorkflowId());
		if (remote.isEmpty()) {
			return false;
		}
		var steps = customerProfiles.steps(Priority.SWEEP, domainName, workflow.remoteWorkflowId());
		var progress = progress(remote.get(), steps);
		workflows.follow(workflow.id(), progress,
				Cause.of(ACTOR, "Customer Profiles says %s".formatted(progress.status())));
		return true;
	}

	private static Progress progress(RemoteWorkflow remote, List<RemoteStep> steps) {
		return new Progress(Objects.requireNonNullElse(remote.status(), "NOT_STARTED"), remote.errorDescription(),
				remote.startDate(), remote.lastUpdatedAt(), metrics(remote.metrics()),
				steps.stream().map(Sweeper::step).toList());
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

	// under the work's lock, so that a workflow that is submitted meanwhile is not
	// overlooked
	private void settle(Work work) {
		transactions.executeWithoutResult(_ -> {
			if (!outbox.hold(work, Duration.ZERO)) {
				return;
			}
			workflows.lastChangeAtAws(work.domain())
				.ifPresentOrElse(
						lastChange -> outbox.reschedule(work, settings.pauseAfter(lastChange, clock.instant())),
						() -> outbox.finish(work));
		});
	}

}
