package io.profileworkflows.submission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CreatePermits;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Departure;
import io.profileworkflows.customerprofiles.Turn;
import io.profileworkflows.customerprofiles.Turns;
import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.integration.CreateIntegrationWorkflow;
import io.profileworkflows.outbox.ClaimedTask;
import io.profileworkflows.outbox.Claims;
import io.profileworkflows.outbox.Lanes;
import io.profileworkflows.outbox.NewWork;
import io.profileworkflows.outbox.Origin;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.RedriveRefused;
import io.profileworkflows.outbox.Result;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.start.CannotStart;
import io.profileworkflows.workflow.HeadStart;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.WorkKinds;
import io.profileworkflows.workflow.Workflow;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates workflows at AWS, domain by domain in turn and as the budget allows. Three
 * short steps, and no transaction around the middle one: no connection is held while AWS
 * takes its time.
 */
@Component
class SubmissionWorker implements WorkHandler, HeadStart {

	private static final Logger log = LoggerFactory.getLogger(SubmissionWorker.class);

	/** What a lease must have left over for what is written before and after the call. */
	private static final Duration MARGIN = Duration.ofSeconds(10);

	private final Settlement settlement;

	private final Workflows workflows;

	private final CustomerProfiles customerProfiles;

	private final CreatePermits permits;

	private final Gate gate;

	private final Outbox outbox;

	private final Lanes lanes;

	private final TransactionTemplate transaction;

	private final JdbcOperations statements;

	private final SubmissionSettings settings;

	private final MeterRegistry meters;

	/** Begins with the first claim. */
	private volatile @Nullable Deadline caution;

	/** Whether the first create of this process costs no more time than any other. */
	private volatile boolean prepared;

	/** Whether the gate was shut when it was last looked at. */
	private volatile boolean wasShut;

	/** Before that there is no turn to be had. */
	private volatile Deadline nextTurn = Deadline.in(Duration.ZERO);

	SubmissionWorker(Settlement settlement, Workflows workflows, CustomerProfiles customerProfiles,
			CreatePermits permits, Gate gate, TransactionTemplate transaction, JdbcOperations statements, Outbox outbox,
			Lanes lanes, SubmissionSettings settings, MeterRegistry meters) {
		requireLeaseLongerThan(customerProfiles.callTimeout().plus(MARGIN), outbox.lease());
		this.settlement = settlement;
		this.workflows = workflows;
		this.customerProfiles = customerProfiles;
		this.permits = permits;
		this.gate = gate;
		this.outbox = outbox;
		this.lanes = lanes;
		this.transaction = transaction;
		this.statements = statements;
		this.settings = settings;
		this.meters = meters;
		// there from the start: a counter that begins with its first increment never
		// increases
		Stream.of(Attempt.Outcome.values()).forEach(this::counter);
	}

	private static void requireLeaseLongerThan(Duration least, Duration lease) {
		if (lease.compareTo(least) <= 0) {
			throw new CannotStart(
					"profile-workflows.outbox.lease is %s and must be longer than %s: profile-workflows.upstream.call-timeout and 10 seconds"
						.formatted(lease, least),
					"Set a longer lease or a shorter call timeout.");
		}
	}

	@Override
	public String kind() {
		return WorkKinds.SUBMISSION;
	}

	@Override
	public Map<String, String> about(Work work) {
		return Map.of(LogFields.WORKFLOW, work.subject());
	}

	@Override
	public int slots() {
		return settings.slots();
	}

	@Override
	public void lock(Work work) {
		workflows.lock(WorkflowId.of(work.subject()));
	}

	/**
	 * No more than have their permits. Work that waits for that holds neither a lease nor
	 * a connection. Attempts are committed together with the claims, if they are all that
	 * is to be written.
	 */
	@Override
	public Claims claim(Outbox outbox, int slots) {
		if (wasShut && isShut(gate.state())) {
			return Claims.none();
		}
		var look = look(outbox, slots);
		if (look.unprepared() != null) {
			customerProfiles.prepareForCreates(look.unprepared());
			prepared = true;
			look = look(outbox, slots);
		}
		if (look.gate().recovering() && gate.endRecovery()) {
			log.info("The recovery has ended: every earlier attempt is found or proved absent; new creates are sent");
			wasShut = false;
			return Claims.noneFor(Duration.ZERO);
		}
		return isShut(look.gate()) ? Claims.none() : look.claims();
	}

	/** A gate that was shut is asked first, and no turns are taken meanwhile. */
	private boolean isShut(Gate.State state) {
		wasShut = state.isShut() && !state.recovering();
		return state.isShut();
	}

	private Look look(Outbox outbox, int slots) {
		try (var asked = permits.ask(slots)) {
			if (!isCautious()) {
				try {
					return look(outbox, asked, true);
				}
				catch (RuntimeException | Error failure) {
					// perhaps one of them, which fails nobody else when each begins alone
					log.debug("What is claimed could not begin together", failure);
				}
			}
			return look(outbox, asked, false);
		}
	}

	private boolean isCautious() {
		if (caution == null) {
			caution = Deadline.in(settings.cautionAfterStart());
		}
		return !caution.hasPassed();
	}

	private Look look(Outbox outbox, CreatePermits.Permits asked, boolean begins) {
		var look = transaction.execute(status -> look(outbox, asked, begins, status));
		asked.use(look.claims().tasks().size());
		return look;
	}

	private Look look(Outbox outbox, CreatePermits.Permits asked, boolean begins, TransactionStatus status) {
		var first = new RoundTrip(statements);
		// first of all: a turn is counted from when it is asked for
		var taken = asked.take(first);
		var gate = this.gate.state(first);
		first.make();
		var turns = taken.get();
		var most = turns.taken().size();
		if (most == 0 || gate.get().isShut()) {
			nextTurn = Deadline.in((most == 0) ? turns.askAgain() : Duration.ZERO);
			status.setRollbackOnly();
			return new Look(gate.get(), Claims.noneFor(turns.askAgain()), null);
		}
		var second = new RoundTrip(statements);
		var claimed = outbox.claimInTurn(second, kind(), gate.get().paused(), most);
		var known = begins ? settlement.lookAtClaimed(second) : null;
		second.make();
		var works = claimed.get().works();
		if (works.isEmpty() || !prepared) {
			status.setRollbackOnly();
			return new Look(gate.get(), Claims.none(), works.isEmpty() ? null : works.getFirst().domain());
		}
		nextTurn = Deadline.in(turns.askAgain());
		// before the attempts are written, so that the calls end before the deadlines
		// written
		var deadline = callDeadline();
		var third = new RoundTrip(statements);
		asked.putBack(third, most - works.size());
		Map<Work, Submission> begun = Map.of();
		if (known != null) {
			begun = settlement.beginClaimed(third, works, known);
		}
		else {
			third.make();
		}
		return new Look(gate.get(),
				new Claims(tasks(works, turns, begun, deadline), claimed.get().mayBeMore() ? Duration.ZERO : null),
				null);
	}

	private List<ClaimedTask> tasks(List<Work> works, Turns turns, Map<Work, Submission> begun, Deadline deadline) {
		var tasks = new ArrayList<ClaimedTask>();
		for (int place = 0; place < works.size(); place++) {
			var work = works.get(place);
			var submission = begun.get(work);
			tasks.add(new Sending(work, turns.taken().get(place),
					(submission != null) ? new Begun(submission, deadline) : null));
		}
		return tasks;
	}

	/**
	 * Only what no other work waits before, and only as far as this process knows that
	 * there are turns: others wait for the budget's row until the end of the transaction.
	 */
	@Override
	public Begin ask(Map<Workflow, CreateIntegrationWorkflow> requests) {
		var isCareful = caution == null || !caution.hasPassed() || !prepared || wasShut;
		if (isCareful || settings.recoverySince() != null || !nextTurn.hasPassed()) {
			return Begin.NONE;
		}
		var slots = lanes.reserve(kind(), requests.size());
		if (slots.slots() == 0) {
			return Begin.NONE;
		}
		var straight = new Straight(slots, permits.ask(slots.slots()));
		TransactionSynchronizationManager.registerSynchronization(straight);
		straight.choose(requests);
		return straight;
	}

	private Deadline callDeadline() {
		return Deadline.in(customerProfiles.callTimeout());
	}

	@Override
	public Result handle(Work work) {
		return new Sending(work, null, null).run();
	}

	@Override
	public void parked(Work work, String reason) {
		settlement.review(work, reason);
	}

	/** To send again what may be at AWS needs more than a redrive. */
	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		throw new RedriveRefused(
				"Workflow %s waits for a decision: adopt, resubmit or give up".formatted(work.subject()));
	}

	private Counter counter(Attempt.Outcome outcome) {
		return Counter.builder("submission.outcomes")
			.description("Attempts to create a workflow, by what came of them")
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(meters);
	}

	/**
	 * What one transaction brought.
	 *
	 * @param unprepared the domain of what would be the first create of this process
	 */
	private record Look(Gate.State gate, Claims claims, @Nullable String unprepared) {
	}

	/**
	 * An attempt that is committed.
	 *
	 * @param deadline of its call
	 */
	private record Begun(Submission submission, Deadline deadline) {
	}

	/**
	 * Creates that begin with the transaction that takes their workflows in.
	 */
	private final class Straight implements Begin, TransactionSynchronization {

		private final Lanes.Reservation slots;

		private final CreatePermits.Permits asked;

		private final Map<WorkflowId, Submission> chosen = new LinkedHashMap<>();

		private Turns turns = Turns.NONE;

		private Deadline deadline = callDeadline();

		private Supplier<List<Work>> works = List::of;

		Straight(Lanes.Reservation slots, CreatePermits.Permits asked) {
			this.slots = slots;
			this.asked = asked;
		}

		void choose(Map<Workflow, CreateIntegrationWorkflow> requests) {
			var trip = new RoundTrip(statements);
			var taken = asked.take(trip);
			var state = gate.state(trip);
			var isIdle = outbox.isIdle(trip, kind());
			trip.make();
			turns = taken.get();
			nextTurn = Deadline.in(turns.askAgain());
			if (isIdle.get() && !state.get().isShut()) {
				requests.entrySet()
					.stream()
					.filter(entry -> !state.get().paused().contains(entry.getKey().domainName()))
					.limit(turns.taken().size())
					.forEach(entry -> settlement.ofNew(entry.getKey(), entry.getValue())
						.ifPresent(submission -> chosen.put(entry.getKey().id(), submission)));
			}
		}

		@Override
		public Set<WorkflowId> chosen() {
			return chosen.keySet();
		}

		@Override
		public void begin(RoundTrip trip, Map<Workflow, Origin> added) {
			asked.putBack(trip, turns.taken().size() - added.size());
			if (added.isEmpty()) {
				return;
			}
			// before the attempts are written, so that the calls end before the deadlines
			// written
			deadline = callDeadline();
			works = outbox.addClaimed(trip, kind(),
					added.entrySet()
						.stream()
						.map(entry -> new NewWork(entry.getKey().id().toString(), entry.getKey().domainName(),
								entry.getValue()))
						.toList());
			settlement.beginNew(trip,
					added.keySet().stream().map(Workflow::id).map(chosen::get).filter(Objects::nonNull).toList());
		}

		@Override
		public void afterCompletion(int status) {
			var begun = (status == STATUS_COMMITTED) ? works.get() : List.<Work>of();
			asked.use(begun.size());
			asked.close();
			slots
				.run(tasks(begun, turns,
						begun.stream()
							.collect(Collectors.toMap(Function.identity(),
									work -> Objects.requireNonNull(chosen.get(WorkflowId.of(work.subject()))))),
						deadline));
		}

	}

	/**
	 * A create on its way to AWS.
	 */
	private final class Sending implements ClaimedTask {

		private final Work work;

		private final @Nullable Turn turn;

		private final @Nullable Begun begun;

		/**
		 * @param turn in which it is to leave, or null for one that leaves at once
		 * @param begun null where its attempt is not written yet
		 */
		Sending(Work work, @Nullable Turn turn, @Nullable Begun begun) {
			this.work = work;
			this.turn = turn;
			this.begun = begun;
		}

		@Override
		public Work work() {
			return work;
		}

		@Override
		public Result run() {
			var isSent = false;
			try {
				var ready = (begun != null) ? begun : begin();
				if (ready == null) {
					return Result.decide(() -> settlement.unsent(work));
				}
				isSent = true;
				return send(ready);
			}
			finally {
				if (!isSent) {
					drop();
				}
			}
		}

		private @Nullable Begun begin() {
			var deadline = callDeadline();
			return settlement.begin(work).map(submission -> new Begun(submission, deadline)).orElse(null);
		}

		private Result send(Begun ready) {
			var departure = (turn != null) ? permits.departure(turn) : Departure.atOnce();
			var outcome = customerProfiles.create(ready.submission().request(), ready.deadline(), departure);
			counter(Attempt.Outcome.of(outcome)).increment();
			return new Result.Together<>(new AttemptAnswer(work, ready.submission().attempt(), outcome), settlement);
		}

		@Override
		public void drop() {
			if (turn != null) {
				permits.giveBack(1);
			}
		}

	}

}
