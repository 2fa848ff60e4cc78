package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.integration.ImportSince;
import io.profileworkflows.integration.Violation;
import io.profileworkflows.outbox.NewWork;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.security.ResourceNotAllowed;
import io.profileworkflows.security.ResourceRules;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All workflows that were ever asked for. Every change is one transaction with its entry
 * in the history and the work that follows from it. Code that locks a workflow and its
 * work locks the workflow first.
 */
@Component
@Transactional
public class Workflows {

	/** What became uncertain at the same time is looked for together. */
	private static final Duration FIRST_RECONCILIATION = Duration.ofSeconds(1);

	/**
	 * As often as a domain is swept in which things change: to submit something must not
	 * make that more often, since each sweep reads all that runs there.
	 */
	private static final Duration FIRST_SWEEP = Duration.ofSeconds(10);

	private final WorkflowTable table;

	private final History history;

	private final Steps steps;

	private final FlowNames flowNames;

	private final Arrivals arrivals;

	private final IdempotencyKeys idempotencyKeys;

	private final AcceptedDocuments documents;

	private final ResourceRules resources;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Workflows(WorkflowTable table, History history, Steps steps, FlowNames flowNames, Arrivals arrivals,
			IdempotencyKeys idempotencyKeys, AcceptedDocuments documents, ResourceRules resources, Outbox outbox,
			TransactionTemplate transaction, ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.history = history;
		this.steps = steps;
		this.flowNames = flowNames;
		this.arrivals = arrivals;
		this.idempotencyKeys = idempotencyKeys;
		this.documents = documents;
		this.resources = resources;
		this.outbox = outbox;
		this.transaction = transaction;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Takes on a checked request, or finds the workflow that was made for it before: for
	 * the same key, or for an identical request whose workflow is still live. Requests of
	 * the same time are taken on in one transaction, in none of the caller's.
	 * @throws ResourceNotAllowed when its domain may not use what it names
	 * @throws IdempotencyKeyReused when the key stands for another request
	 * @throws FlowNameTaken when another workflow holds the FlowName
	 */
	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	public Acceptance accept(CreateIntegrationWorkflow request, List<Violation> warnings, String caller,
			@Nullable IdempotencyKey key) {
		return accept(request, warnings, caller, key, null);
	}

	/**
	 * The same of a request whose batches may have been computed: it is identical to
	 * another with the same beginning of its history.
	 * @param importSince null where none are computed
	 */
	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	public Acceptance accept(CreateIntegrationWorkflow request, List<Violation> warnings, String caller,
			@Nullable IdempotencyKey key, @Nullable ImportSince importSince) {
		return accept(request, documents.of(request, warnings, importSince), caller, key);
	}

	/**
	 * Takes on one of many requests that were sent together. One that was asked for
	 * before is answered with its workflow also after its end: as long as that has the
	 * FlowName, nothing else could come of asking again.
	 * @param keyOfAll of all of them together
	 * @param importSince null where no batches are computed
	 * @see #accept
	 */
	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	public Acceptance acceptItem(CreateIntegrationWorkflow request, List<Violation> warnings, String caller,
			@Nullable IdempotencyKey keyOfAll, @Nullable ImportSince importSince) {
		var document = documents.of(request, warnings, importSince);
		var key = (keyOfAll != null) ? keyOfAll.ofItem(document.digest()) : null;
		try {
			return accept(request, document, caller, key);
		}
		catch (FlowNameTaken failure) {
			return transaction.execute(_ -> table.find(failure.holder()))
				.filter(holder -> holder.hasEndedAs(document.digest()))
				.map(holder -> new Acceptance(holder, true))
				.orElseThrow(() -> failure);
		}
	}

	private Acceptance accept(CreateIntegrationWorkflow request, AcceptedDocument document, String caller,
			@Nullable IdempotencyKey key) {
		resources.require(request);
		var workflow = new Workflow(WorkflowId.next(), request, document, caller, now());
		var cause = Cause.of(caller, "Accepted");
		var accepted = Transition.of(workflow, null, cause);
		var arrival = new Arrival(workflow, request, document.digest(), key, cause, outbox.origin());
		while (true) {
			var outcome = arrivals.takeIn(arrival);
			if (outcome == Arrival.Outcome.ADDED) {
				events.publishEvent(accepted);
				return new Acceptance(workflow, false);
			}
			var answer = transaction.execute(_ -> answerOf(arrival, outcome, request.flowName()));
			if (answer.isPresent()) {
				return new Acceptance(answer.get(), true);
			}
			// the one that had it has let go of it meanwhile
		}
	}

	private Optional<Workflow> answerOf(Arrival arrival, Arrival.Outcome outcome, String flowName) {
		var caller = arrival.workflow().requestedBy();
		var key = arrival.key();
		if (outcome == Arrival.Outcome.KEY_TAKEN) {
			return idempotencyKeys.find(caller, Objects.requireNonNull(key), arrival.digest()).map(this::require);
		}
		return flowNames.holderOf(flowName)
			.map(holder -> twinOf(flowName, arrival.digest(), holder))
			.filter(twin -> key == null || idempotencyKeys.take(caller, key, arrival.digest(), twin.id()));
	}

	private Workflow twinOf(String flowName, byte[] digest, WorkflowId holder) {
		var held = table.find(holder);
		return held.filter(workflow -> workflow.answersFor(digest))
			.orElseThrow(() -> new FlowNameTaken(flowName, holder, held.map(Workflow::domainName).orElse(null)));
	}

	/**
	 * Whether a request would make no workflow, since its key or its FlowName is taken:
	 * {@link #accept} then says by which.
	 */
	@Transactional(readOnly = true)
	public boolean isTaken(CreateIntegrationWorkflow request, String caller, @Nullable IdempotencyKey key) {
		return (key != null && idempotencyKeys.isKnown(caller, key)) || isNameTaken(request);
	}

	private boolean isNameTaken(CreateIntegrationWorkflow request) {
		return flowNames.holderOf(request.flowName()).isPresent();
	}

	/**
	 * The same of one of many requests that were sent together.
	 * @param keyOfAll of all of them together
	 * @param importSince null where no batches are computed
	 */
	@Transactional(readOnly = true)
	public boolean isItemTaken(CreateIntegrationWorkflow request, String caller, @Nullable IdempotencyKey keyOfAll,
			@Nullable ImportSince importSince) {
		return isTaken(request, caller,
				(keyOfAll != null) ? keyOfAll.ofItem(documents.of(request, List.of(), importSince).digest()) : null);
	}

	/** Reads back what was accepted. */
	public CreateIntegrationWorkflow requestOf(Workflow workflow) {
		return documents.read(workflow.request());
	}

	/** What was worth a warning when it was accepted. */
	public List<Violation> warningsOf(Workflow workflow) {
		return documents.readWarnings(workflow.warnings());
	}

	@Transactional(readOnly = true)
	public Workflow require(WorkflowId id) {
		return find(id).orElseThrow(() -> new WorkflowNotFound(id));
	}

	@Transactional(readOnly = true)
	public Optional<Workflow> find(WorkflowId id) {
		return table.find(id);
	}

	/** Reads many. Those that are not there are left out. */
	@Transactional(readOnly = true)
	public Map<WorkflowId, Workflow> findAll(Collection<WorkflowId> ids) {
		return byId(table.find(ids));
	}

	/**
	 * Finds a workflow under the name of its domain, for a caller who wants to know how
	 * far it is by now.
	 * @throws WorkflowNotFound also when it is in another domain
	 */
	@Transactional(readOnly = true)
	public Workflow require(String domainName, WorkflowId id) {
		var workflow = table.find(id)
			.filter(found -> found.domainName().equals(domainName))
			.orElseThrow(() -> new WorkflowNotFound(domainName, id.toString()));
		if (workflow.phase() == Phase.SUBMITTED) {
			events.publishEvent(new StatusAsked(id, domainName, Objects.requireNonNull(workflow.remoteWorkflowId())));
		}
		return workflow;
	}

	/** Holds a workflow until the end of the caller's transaction. */
	@Transactional(propagation = Propagation.MANDATORY)
	public Workflow lock(WorkflowId id) {
		return table.lock(id).orElseThrow(() -> new WorkflowNotFound(id));
	}

	/**
	 * Holds many workflows until the end of the caller's transaction, and reads how far
	 * they are, but not what was asked for.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<Map<WorkflowId, Workflow>> lock(RoundTrip trip, Collection<WorkflowId> ids) {
		var locked = table.lock(trip, ids);
		return () -> byId(locked.get());
	}

	/**
	 * Holds those that the trip has claimed work for and that nobody else holds, without
	 * waiting.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Supplier<Map<WorkflowId, Workflow>> lockClaimed(RoundTrip trip) {
		var locked = table.lockClaimed(trip);
		return () -> byId(locked.get());
	}

	private static Map<WorkflowId, Workflow> byId(List<Workflow> workflows) {
		return workflows.stream().collect(Collectors.toMap(Workflow::id, Function.identity()));
	}

	/**
	 * Holds a workflow that a caller names.
	 * @throws WorkflowNotFound also when it is in another domain
	 */
	Workflow lock(String domainName, WorkflowId id) {
		return table.lock(id)
			.filter(locked -> locked.domainName().equals(domainName))
			.orElseThrow(() -> new WorkflowNotFound(domainName, id.toString()));
	}

	/**
	 * Carries out one transition, with all that follows from it: history, the release of
	 * its FlowName, the next piece of work, a deletion that was asked for meanwhile.
	 */
	public Workflow change(WorkflowId id, Cause cause, Consumer<Workflow> transition) {
		var workflow = lock(id);
		var trip = table.trip();
		change(trip, List.of(new Change(workflow, cause, transition)));
		trip.make();
		return workflow;
	}

	/**
	 * Carries out one transition each of workflows that the caller's transaction has
	 * locked, with all that follows from it.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void change(RoundTrip trip, List<Change> changes) {
		apply(trip, changes);
		changes.stream()
			.filter(change -> change.workflow().isDeletionRequested())
			.forEach(change -> trip
				.afterwards(() -> carryOutRememberedDeletion(change.workflow(), change.cause().actor())));
	}

	/**
	 * Notes the transitions of workflows that the caller's transaction has stored as they
	 * are after it.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void noteStored(RoundTrip trip, List<Change> changes) {
		history.add(trip, changes.stream().map(Workflows::entry).toList());
	}

	/** Hands a workflow to a person, with what it may be at AWS. */
	public void review(WorkflowId id, Cause cause, List<Candidate> candidates) {
		change(id, cause, workflow -> workflow.review(documents.writeCandidates(candidates)));
	}

	/** What it may be at AWS, while a person has to decide. */
	public List<Candidate> candidatesOf(Workflow workflow) {
		var candidates = workflow.candidates();
		return (candidates != null) ? documents.readCandidates(candidates) : List.of();
	}

	/**
	 * Notes that another workflow at AWS carries this one's FlowName.
	 * @return false if that is known, or not so, since the workflow is not at AWS itself
	 */
	public boolean noteDuplicate(WorkflowId id, String remoteWorkflowId, Cause cause) {
		var workflow = lock(id);
		var held = workflow.remoteWorkflowId();
		if (held == null || held.equals(remoteWorkflowId) || !workflow.addDuplicate(remoteWorkflowId)) {
			return false;
		}
		store(workflow);
		history.add(workflow, workflow.phase(), cause);
		return true;
	}

	/** Notes that AWS is about to be asked for a deletion for the first time. */
	public void noteDeletionSent(WorkflowId id) {
		var workflow = lock(id);
		workflow.sendDeletion(now());
		store(workflow);
	}

	/** Those of AWS's ids that a workflow here holds. */
	@Transactional(readOnly = true)
	public Set<String> heldAmong(Collection<String> remoteWorkflowIds) {
		return remoteWorkflowIds.isEmpty() ? Set.of() : table.heldAmong(remoteWorkflowIds);
	}

	/** The FlowNames known here with which any of these begins, and whose they are. */
	@Transactional(readOnly = true)
	public Map<String, WorkflowId> knownBeginningsOf(Collection<String> names) {
		return names.isEmpty() ? Map.of() : flowNames.beginningsOf(names);
	}

	@Transactional(readOnly = true)
	public List<Workflow> unconfirmedIn(String domainName) {
		return table.unconfirmedIn(domainName);
	}

	@Transactional(readOnly = true)
	public List<Workflow> inPhases(Phase... phases) {
		return table.inPhases(List.of(phases));
	}

	/** The same of workflows that the caller's transaction has locked. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void note(RoundTrip trip, Workflow workflow, Cause cause) {
		history.add(trip, List.of(new History.Entry(workflow, workflow.phase(), cause)));
	}

	/** Notes something in the history that changes nothing else. */
	public void note(WorkflowId id, Cause cause) {
		var workflow = lock(id);
		history.add(workflow, workflow.phase(), cause);
	}

	/**
	 * Deletes a workflow: at once where nothing is at AWS, through the outbox where
	 * something is, and as soon as it is certain where that is not known. Asking twice is
	 * safe.
	 * @throws AdoptionUnconfirmed for an adopted workflow, unless confirmed
	 */
	public boolean delete(String domainName, WorkflowId id, String caller, boolean adoptionConfirmed) {
		return delete(domainName, id, caller, adoptionConfirmed, Precondition.NONE);
	}

	/**
	 * The same on a condition, where it changes anything.
	 * @return whether AWS has it, so that profiles may stay that it made
	 * @throws AdoptionUnconfirmed for an adopted workflow, unless confirmed
	 * @throws ChangedMeanwhile when the condition does not hold
	 */
	public boolean delete(String domainName, WorkflowId id, String caller, boolean adoptionConfirmed,
			Precondition precondition) {
		var workflow = lock(domainName, id);
		if (!workflow.phase().isLive() && workflow.phase() != Phase.FINISHED || workflow.phase() == Phase.DELETING) {
			return workflow.phase() == Phase.DELETING;
		}
		if (workflow.provenance() == Provenance.ADOPTED && !adoptionConfirmed) {
			throw new AdoptionUnconfirmed(id);
		}
		precondition.require(workflow);
		if (!carryOutDeletion(workflow, Cause.of(caller, "Deletion asked for")) && !workflow.isDeletionRequested()) {
			workflow.requestDeletion();
			store(workflow);
			history.add(workflow, workflow.phase(),
					Cause.of(caller, "Deletion asked for; to be carried out once it is certain what is at AWS"));
		}
		return workflow.phase() == Phase.DELETING;
	}

	/** Replaces the tags of a workflow by what the change makes of them. */
	public void retag(WorkflowId id, String caller, Consumer<Map<String, String>> change) {
		retag(id, caller, Precondition.NONE, change);
	}

	/**
	 * The same on a condition.
	 * @throws ChangedMeanwhile when it does not hold
	 */
	public void retag(WorkflowId id, String caller, Precondition precondition, Consumer<Map<String, String>> change) {
		var workflow = lock(id);
		var before = table.tagsOf(id);
		var tags = new TreeMap<>(before);
		change.accept(tags);
		precondition.require(workflow);
		if (!tags.equals(before)) {
			table.replaceTags(id, tags);
			store(workflow);
			history.add(workflow, workflow.phase(), Cause.of(caller, "Tags changed"));
		}
	}

	/**
	 * Takes over what AWS told of a workflow.
	 * @return whether anything was new
	 */
	public boolean follow(WorkflowId id, Progress progress, Cause cause) {
		var workflow = lock(id);
		if (workflow.phase() != Phase.SUBMITTED) {
			return false;
		}
		var before = new Seen(workflow.phase(), workflow.status());
		var changed = workflow.follow(progress);
		steps.replace(id, progress.steps());
		if (changed) {
			store(workflow);
		}
		if (!before.equals(new Seen(workflow.phase(), workflow.status()))) {
			history.add(workflow, before.phase(), cause);
		}
		return changed;
	}

	/**
	 * Takes over a status with which AWS lists a workflow that goes on.
	 * @param updatedAt AWS's, so that a listing that lags takes nothing back
	 */
	public void followStatus(WorkflowId id, String status, @Nullable Instant updatedAt, Cause cause) {
		var workflow = lock(id);
		var before = workflow.status();
		if (workflow.phase() == Phase.SUBMITTED && workflow.followStatus(status, updatedAt)) {
			store(workflow);
			if (workflow.status() != before) {
				history.add(workflow, Phase.SUBMITTED, cause);
			}
		}
	}

	/**
	 * Takes over how the flow of a complete workflow is, with an entry in the history
	 * where its health is another one.
	 * @return whether that is so
	 */
	public boolean showFlow(WorkflowId id, FlowState state, Cause cause) {
		var workflow = lock(id);
		var before = workflow.flowHealth();
		if (!workflow.hasFlow() || !workflow.showFlow(state)) {
			return false;
		}
		if (before == state.health()) {
			table.update(workflow);
			return false;
		}
		store(workflow);
		// not worth an entry: at first nothing is known of any flow
		if (before != null || state.health() != FlowHealth.UNKNOWN) {
			history.add(workflow, workflow.phase(), cause);
			var trip = table.trip();
			events.publishEvent(new MilestonesReached(trip,
					List.of(new MilestonesReached.Reached(id, workflow.domainName(), Milestone.FLOW_HEALTH_CHANGED))));
			trip.make();
		}
		return true;
	}

	/** Ends a workflow that AWS no longer knows. */
	public void vanish(WorkflowId id, Cause cause) {
		var workflow = lock(id);
		if (workflow.phase() == Phase.SUBMITTED) {
			apply(workflow, cause, Workflow::vanish);
		}
	}

	@Transactional(readOnly = true)
	public List<Step> stepsOf(WorkflowId id, long offset, int limit) {
		return steps.of(id, offset, limit);
	}

	@Transactional(readOnly = true)
	public List<HistoryEntry> historyOf(WorkflowId id, long after, int limit) {
		return history.of(id, after, limit);
	}

	/**
	 * Lists entries of many workflows, each one's oldest first.
	 * @param known id of the last entry seen of each, 0 for all
	 */
	@Transactional(readOnly = true)
	public Map<WorkflowId, List<HistoryEntry>> historySince(Map<WorkflowId, Long> known) {
		return history.since(known);
	}

	/**
	 * @return id of the latest entry in its history, 0 where there is none
	 */
	@Transactional(readOnly = true)
	public long lastEntryOf(WorkflowId id) {
		return history.lastOf(id);
	}

	private void carryOutRememberedDeletion(Workflow workflow, String actor) {
		if (workflow.provenance() == Provenance.ADOPTED) {
			workflow.forgetDeletion();
			table.update(workflow);
			history.add(workflow, workflow.phase(), Cause.of(actor,
					"Deletion was asked for before, but it is adopted: an operator has to ask again and confirm it"));
		}
		else {
			carryOutDeletion(workflow, Cause.of(actor, "Deletion was asked for before"));
		}
	}

	boolean carryOutDeletion(Workflow workflow, Cause cause) {
		return switch (workflow.phase()) {
			case ACCEPTED -> {
				outbox.cancel(workflow.id().toString());
				apply(workflow, cause, Workflow::cancel);
				yield true;
			}
			case SUBMITTED, FINISHED -> {
				apply(workflow, cause, Workflow::startDeletion);
				outbox.add(WorkKinds.DELETION, workflow.id().toString(), workflow.domainName());
				yield true;
			}
			case SUBMITTING, UNCONFIRMED, NEEDS_REVIEW, REJECTED, CANCELLED, DELETING, DELETED -> false;
		};
	}

	private void apply(Workflow workflow, Cause cause, Consumer<Workflow> transition) {
		var trip = table.trip();
		apply(trip, List.of(new Change(workflow, cause, transition)));
		trip.make();
	}

	private void apply(RoundTrip trip, List<Change> changes) {
		if (changes.isEmpty()) {
			return;
		}
		var entries = changes.stream().map(this::begin).toList();
		table.update(trip, changes.stream().map(Change::workflow).toList());
		history.add(trip, entries);
		lookSoon(trip, changes, Phase.UNCONFIRMED, WorkKinds.RECONCILIATION, WorkKinds::reconciliationOf,
				FIRST_RECONCILIATION);
		lookSoon(trip, changes, Phase.SUBMITTED, WorkKinds.TRACKING, WorkKinds::trackingOf, FIRST_SWEEP);
		changes.stream()
			.map(Change::workflow)
			.filter(workflow -> workflow.phase().releasesFlowName())
			.forEach(workflow -> trip.afterwards(() -> releaseFlowName(workflow)));
	}

	private History.Entry begin(Change change) {
		var entry = entry(change);
		change.workflow().touch(now());
		return entry;
	}

	private static History.Entry entry(Change change) {
		var before = change.workflow().phase();
		change.transition().accept(change.workflow());
		return new History.Entry(change.workflow(), before, change.cause());
	}

	private void lookSoon(RoundTrip trip, List<Change> changes, Phase phase, String kind,
			UnaryOperator<String> subjectOf, Duration within) {
		outbox.addOrHasten(trip, kind,
				changes.stream()
					.map(Change::workflow)
					.filter(workflow -> workflow.phase() == phase)
					.map(Workflow::domainName)
					.distinct()
					.map(domainName -> new NewWork(subjectOf.apply(domainName), domainName, Origin.NONE))
					.toList(),
				within);
	}

	/**
	 * Back to what it waited for, as long as that may carry the name at AWS. Code that
	 * locks two workflows locks the one that waits first.
	 */
	private void releaseFlowName(Workflow workflow) {
		var predecessor = workflow.waitsFor();
		var holder = (predecessor != null) ? table.lock(predecessor) : Optional.<Workflow>empty();
		if (holder.isEmpty() || holder.get().phase().releasesFlowName()) {
			flowNames.release(workflow);
		}
		else {
			flowNames.pass(workflow, holder.get().id());
		}
	}

	private void store(Workflow workflow) {
		workflow.touch(now());
		table.update(workflow);
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private record Seen(Phase phase, Status status) {
	}

}
