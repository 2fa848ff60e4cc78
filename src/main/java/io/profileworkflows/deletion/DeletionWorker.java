package io.profileworkflows.deletion;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.DeleteOutcome;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.Cause;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks AWS to delete a workflow until AWS shows it no longer: AWS deletes by and by, and
 * until then the flow may hold its FlowName. Asking twice does no harm: an id is never
 * used again.
 */
@Component
class DeletionWorker implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(DeletionWorker.class);

	private static final String ACTOR = "deletion";

	private static final Duration PAUSE = Duration.ofSeconds(15);

	private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

	private static final String DELETED = "Deleted at Customer Profiles";

	/** After that AWS's answer counts, since AWS does not say how long it takes. */
	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final int SLOTS = 2;

	private final Workflows workflows;

	private final CustomerProfiles customerProfiles;

	private final Outbox outbox;

	private final Clock clock;

	DeletionWorker(Workflows workflows, CustomerProfiles customerProfiles, Outbox outbox, Clock clock) {
		this.workflows = workflows;
		this.customerProfiles = customerProfiles;
		this.outbox = outbox;
		this.clock = clock;
	}

	@Override
	public String kind() {
		return WorkKinds.DELETION;
	}

	@Override
	public Map<String, String> about(Work work) {
		return Map.of(LogFields.WORKFLOW, work.subject());
	}

	@Override
	public int slots() {
		return SLOTS;
	}

	@Override
	public void lock(Work work) {
		workflows.lock(WorkflowId.of(work.subject()));
	}

	@Override
	public Result handle(Work work) {
		var id = WorkflowId.of(work.subject());
		var workflow = workflows.require(id);
		if (workflow.phase() != Phase.DELETING) {
			return Result.done();
		}
		var sentAt = workflow.deletionSentAt();
		if (sentAt == null) {
			outbox.change(work, Duration.ZERO, () -> workflows.lock(id), _ -> {
				workflows.noteDeletionSent(id);
				return null;
			});
		}
		outbox.renew(work);
		var outcome = customerProfiles.delete(workflow.domainName(), remoteIdOf(workflow));
		outbox.renew(work);
		var isShown = mayBeUnderWay(outcome, sentAt) && isShown(workflow);
		return result(id, outcome, sentAt, isShown);
	}

	/** One that was asked for before may be refused because it is being carried out. */
	private static boolean mayBeUnderWay(DeleteOutcome outcome, @Nullable Instant sentAt) {
		return outcome instanceof DeleteOutcome.Deleted || outcome instanceof DeleteOutcome.Refused && sentAt != null;
	}

	private static String remoteIdOf(Workflow workflow) {
		return Objects.requireNonNull(workflow.remoteWorkflowId());
	}

	/** Without an answer nothing is known, so that it counts as shown. */
	private boolean isShown(Workflow workflow) {
		try {
			return customerProfiles.find(Priority.SWEEP, workflow.domainName(), remoteIdOf(workflow)).isPresent();
		}
		catch (CallFailed failure) {
			log.debug("Whether {} is deleted cannot be seen", workflow.id(), failure);
			return true;
		}
	}

	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		workflows.note(WorkflowId.of(work.subject()),
				Cause.of(redrive.actor(), "Its deletion is tried again: " + redrive.reason()));
	}

	private Result result(WorkflowId id, DeleteOutcome outcome, @Nullable Instant sentAt, boolean isShown) {
		var age = (sentAt != null) ? Duration.between(sentAt, clock.instant()) : Duration.ZERO;
		if (isShown && age.compareTo(LONGEST) < 0) {
			return Result.later(nextLook(age));
		}
		return switch (outcome) {
			case DeleteOutcome.Deleted _ ->
				end(id, outcome, isShown ? "Customer Profiles has taken its deletion on, and still shows it" : DELETED,
						Workflow::deleted);
			case DeleteOutcome.Gone _ -> end(id, outcome,
					(sentAt != null) ? DELETED : "Customer Profiles does not know it any more", Workflow::deleted);
			case DeleteOutcome.Refused _ when sentAt != null && !isShown ->
				end(id, outcome, DELETED, Workflow::deleted);
			case DeleteOutcome.Refused(var code, var reason, var _) -> end(id, outcome,
					"Customer Profiles refused to delete it: %s: %s".formatted(code, reason), Workflow::keep);
			case DeleteOutcome.Unsettled(var _, var _, var retryAfter) ->
				Result.later(Objects.requireNonNullElse(retryAfter, PAUSE));
		};
	}

	/**
	 * The longer it takes, the later, so that many that wait take no calls from others.
	 */
	private static Duration nextLook(Duration age) {
		var pause = age.dividedBy(5);
		return (pause.compareTo(FIRST_LOOK) < 0) ? FIRST_LOOK : pause;
	}

	private Result end(WorkflowId id, DeleteOutcome outcome, String reason, Consumer<Workflow> transition) {
		return Result.done(() -> workflows.change(id, new Cause(reason, ACTOR, null, outcome.requestId()), transition));
	}

}
