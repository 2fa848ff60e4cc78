package io.profileworkflows.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

import static io.profileworkflows.workflow.Phase.ACCEPTED;
import static io.profileworkflows.workflow.Phase.CANCELLED;
import static io.profileworkflows.workflow.Phase.DELETED;
import static io.profileworkflows.workflow.Phase.DELETING;
import static io.profileworkflows.workflow.Phase.FINISHED;
import static io.profileworkflows.workflow.Phase.NEEDS_REVIEW;
import static io.profileworkflows.workflow.Phase.REJECTED;
import static io.profileworkflows.workflow.Phase.SUBMITTED;
import static io.profileworkflows.workflow.Phase.SUBMITTING;
import static io.profileworkflows.workflow.Phase.UNCONFIRMED;

/**
 * The database of a {@link World}, with what the statements and transactions of
 * {@code Outbox}, {@code Attempts}, {@code Gate} and {@code Workflows} do.
 */
final class WorldTables {

	private static final Map<Phase, Set<Phase>> ALLOWED = new EnumMap<>(Map.of(ACCEPTED,
			EnumSet.of(SUBMITTING, CANCELLED, REJECTED, NEEDS_REVIEW), SUBMITTING,
			EnumSet.of(SUBMITTED, ACCEPTED, REJECTED, UNCONFIRMED, NEEDS_REVIEW), UNCONFIRMED,
			EnumSet.of(SUBMITTED, ACCEPTED, CANCELLED, NEEDS_REVIEW), NEEDS_REVIEW,
			EnumSet.of(SUBMITTED, ACCEPTED, REJECTED), SUBMITTED, EnumSet.of(FINISHED, DELETING), FINISHED,
			EnumSet.of(DELETING), DELETING, EnumSet.of(DELETED, SUBMITTED, FINISHED), REJECTED,
			EnumSet.noneOf(Phase.class), CANCELLED, EnumSet.noneOf(Phase.class), DELETED, EnumSet.noneOf(Phase.class)));

	private final World world;

	private final List<WorldWorkflow> workflows = new ArrayList<>();

	private final Map<String, Sighting> sightings = new HashMap<>();

	/** Of the one domain there is. */
	final WorldWork reconciliation;

	private long lastClaim;

	private boolean isRecovering;

	WorldTables(World world) {
		this(world, new WorldWork());
	}

	private WorldTables(World world, WorldWork reconciliation) {
		this.world = world;
		this.reconciliation = reconciliation;
	}

	WorldTables copy() {
		var copy = new WorldTables(world, reconciliation.copy());
		workflows.forEach(workflow -> copy.workflows.add(workflow.copy()));
		copy.sightings.putAll(sightings);
		copy.lastClaim = lastClaim;
		copy.isRecovering = isRecovering;
		return copy;
	}

	List<WorldWorkflow> workflows() {
		return workflows;
	}

	@Nullable WorldWorkflow find(int request) {
		for (var workflow : workflows) {
			if (workflow.request == request) {
				return workflow;
			}
		}
		return null;
	}

	@Nullable WorldWorkflow find(WorkflowId id) {
		for (var workflow : workflows) {
			if (workflow.id.equals(id)) {
				return workflow;
			}
		}
		return null;
	}

	// workflows

	boolean accept(WorldWorkflow accepted) {
		for (var workflow : workflows) {
			if (workflow.holdsFlowName() && workflow.flowName.equals(accepted.flowName)) {
				return false;
			}
		}
		workflows.add(accepted);
		accepted.work.add(world.now());
		return true;
	}

	/**
	 * One transition with all that follows from it.
	 */
	void change(WorldWorkflow workflow, Phase next) {
		become(workflow, next);
		if (workflow.isDeletionRequested) {
			carryOutRememberedDeletion(workflow);
		}
	}

	void confirm(WorldWorkflow workflow, String remoteId, boolean isAdopted) {
		world.invariants().mayHold(workflow, remoteId);
		sightings.remove(remoteId);
		workflow.remoteId = remoteId;
		workflow.isAdopted = isAdopted;
		change(workflow, SUBMITTED);
	}

	void delete(WorldWorkflow workflow) {
		if (!workflow.holdsFlowName() || workflow.phase == DELETING || workflow.isAdopted) {
			return;
		}
		world.count(Happening.DELETION_ASKED);
		if (!carryOutDeletion(workflow)) {
			workflow.isDeletionRequested = true;
		}
	}

	private void become(WorldWorkflow workflow, Phase next) {
		if (!ALLOWED.getOrDefault(workflow.phase, Set.of()).contains(next)) {
			throw new Violation("%s cannot become %s".formatted(workflow, next));
		}
		world.log("%s becomes %s", workflow, next);
		workflow.phase = next;
		if (next == UNCONFIRMED) {
			reconciliation.addOrHasten(world.now(), Clocks.SECOND);
		}
		world.people().hasBecome(workflow);
	}

	private void carryOutRememberedDeletion(WorldWorkflow workflow) {
		if (workflow.isAdopted) {
			workflow.isDeletionRequested = false;
		}
		else {
			carryOutDeletion(workflow);
		}
	}

	private boolean carryOutDeletion(WorldWorkflow workflow) {
		return switch (workflow.phase) {
			case ACCEPTED -> {
				workflow.work.isThere = false;
				become(workflow, CANCELLED);
				yield true;
			}
			case SUBMITTED, FINISHED -> {
				become(workflow, DELETING);
				yield true;
			}
			case SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, REJECTED, CANCELLED, DELETING, DELETED -> false;
		};
	}

	List<UnconfirmedWorkflow> cases() {
		var cases = new ArrayList<UnconfirmedWorkflow>();
		for (var workflow : workflows) {
			if (workflow.phase == UNCONFIRMED) {
				cases.add(workflow.asCase());
			}
		}
		return cases;
	}

	boolean hasUnconfirmed() {
		for (var workflow : workflows) {
			if (workflow.phase == UNCONFIRMED) {
				return true;
			}
		}
		return false;
	}

	boolean isHeld(String remoteId) {
		for (var workflow : workflows) {
			if (remoteId.equals(workflow.remoteId)) {
				return true;
			}
		}
		return false;
	}

	Set<String> knownBeginningsOf(Collection<String> names) {
		var known = new HashSet<String>();
		for (var workflow : workflows) {
			if (workflow.holdsFlowName() && names.stream().anyMatch(name -> name.startsWith(workflow.flowName))) {
				known.add(workflow.flowName);
			}
		}
		return known;
	}

	@Nullable Sighting remembered(String remoteId) {
		return sightings.get(remoteId);
	}

	void remember(Sighting sighting) {
		sightings.put(sighting.workflowId(), sighting);
	}

	// attempts

	int begin(WorldWorkflow workflow, long startedAt, long timeout) {
		var number = workflow.attempts.size() + 1;
		add(workflow, new Attempt(number, Instant.ofEpochMilli(startedAt), Instant.ofEpochMilli(startedAt + timeout),
				null, null, null, null, null, null));
		return number;
	}

	/** What is certain is never overwritten. */
	void answer(WorldWorkflow workflow, int number, Attempt.Outcome outcome, @Nullable String remoteId) {
		replace(workflow,
				attempt -> (attempt.number() != number
						|| (attempt.outcome() != null && attempt.outcome() != Attempt.Outcome.UNKNOWN)) ? attempt
								: new Attempt(number, attempt.startedAt(), attempt.deadline(), outcome, remoteId,
										"simulated", null, attempt.absentSince(), attempt.absentAt()));
	}

	void missing(WorldWorkflow workflow, Instant since) {
		replace(workflow,
				attempt -> (!attempt.isUnresolved() || attempt.absentSince() != null) ? attempt
						: new Attempt(attempt.number(), attempt.startedAt(), attempt.deadline(), attempt.outcome(),
								null, attempt.reason(), null, since, null));
	}

	void absent(WorldWorkflow workflow) {
		replace(workflow,
				attempt -> !attempt.isUnresolved() ? attempt
						: new Attempt(attempt.number(), attempt.startedAt(), attempt.deadline(), attempt.outcome(),
								null, attempt.reason(), null, attempt.absentSince(), instant()));
	}

	private void suppose(WorldWorkflow workflow, long since) {
		add(workflow, new Attempt(workflow.attempts.size() + 1, Instant.ofEpochMilli(Math.min(since, world.now())),
				instant(), Attempt.Outcome.UNKNOWN, null, "restored", null, null, null));
	}

	private static void add(WorldWorkflow workflow, Attempt attempt) {
		var attempts = new ArrayList<>(workflow.attempts);
		attempts.add(attempt);
		workflow.attempts = List.copyOf(attempts);
	}

	private static void replace(WorldWorkflow workflow, UnaryOperator<Attempt> change) {
		workflow.attempts = workflow.attempts.stream().map(change).toList();
	}

	private Instant instant() {
		return Instant.ofEpochMilli(world.now());
	}

	// outbox

	/** When there is something to submit, if anything may be. */
	long nextSubmission() {
		var next = Actor.NEVER;
		for (var workflow : workflows) {
			if (workflow.work.isThere) {
				next = Math.min(next, workflow.work.dueAt);
			}
		}
		if (next != Actor.NEVER && isShut()) {
			world.count(Happening.GATE_SHUT);
			return Actor.NEVER;
		}
		return next;
	}

	/** Whether nothing else is due that may be sent, so that it may begin at once. */
	boolean passesNobody(WorldWorkflow accepted) {
		for (var workflow : workflows) {
			if (workflow != accepted && workflow.work.isThere && workflow.work.dueAt <= world.now()) {
				return false;
			}
		}
		return !isShut();
	}

	@Nullable WorldWorkflow claimSubmission() {
		if (isShut()) {
			return null;
		}
		var due = new ArrayList<WorldWorkflow>();
		for (var workflow : workflows) {
			if (workflow.work.isThere && workflow.work.dueAt <= world.now()) {
				due.add(workflow);
			}
		}
		if (due.isEmpty()) {
			return null;
		}
		var claimed = due.get(world.chance().between(0, due.size() - 1));
		claim(claimed.work);
		return claimed;
	}

	void claim(WorldWork work) {
		work.lease(++lastClaim, world.now() + Clocks.LEASE);
	}

	boolean hold(WorldWork work, long claim, long atLeast) {
		if (world.breaks(Breach.NO_FENCE)) {
			return true;
		}
		var isHeld = work.isHeldBy(claim) && work.leasedUntil >= world.now() + atLeast;
		if (!isHeld) {
			world.count(Happening.FENCED_OFF);
		}
		return isHeld;
	}

	/**
	 * Whether nothing may be sent: too much is unresolved, or a restore is being
	 * recovered from.
	 */
	boolean isShut() {
		if (isRecovering && !hasUnconfirmed()) {
			isRecovering = false;
		}
		return isRecovering || countUnresolved() >= world.maxUnresolved();
	}

	private int countUnresolved() {
		var count = 0;
		for (var workflow : workflows) {
			if (workflow.phase == UNCONFIRMED || workflow.phase == NEEDS_REVIEW) {
				for (var attempt : workflow.attempts) {
					count += attempt.isUnresolved() ? 1 : 0;
				}
			}
		}
		return count;
	}

	// recovery

	void recover(long since) {
		isRecovering = true;
		for (var workflow : workflows) {
			if (workflow.phase == ACCEPTED || workflow.phase == SUBMITTING || workflow.phase == UNCONFIRMED) {
				world.count(Happening.DOUBTED);
				doubt(workflow, since);
			}
		}
	}

	private void doubt(WorldWorkflow workflow, long since) {
		workflow.work.isThere = false;
		suppose(workflow, since);
		if (workflow.phase == ACCEPTED) {
			change(workflow, SUBMITTING);
		}
		if (workflow.phase != UNCONFIRMED) {
			change(workflow, UNCONFIRMED);
		}
	}

}
