package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CreatePermits;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.customerprofiles.Departure;
import io.profileworkflows.customerprofiles.Turn;
import io.profileworkflows.customerprofiles.Turns;
import io.profileworkflows.outbox.Claims;
import io.profileworkflows.outbox.Failure;
import io.profileworkflows.outbox.GroupCommit;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.ParkedWork;
import io.profileworkflows.outbox.Redrive;
import io.profileworkflows.outbox.RedriveRefused;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.LogFields;
import io.profileworkflows.workflow.WorkKinds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates workflows at AWS, domain by domain in turn and as the budget allows. Three
 * short steps, and no transaction around the middle one: no connection is held while AWS
 * takes its time.
 */
@Component
class SubmissionWorker implements WorkHandler {

	private static final Logger log = LoggerFactory.getLogger(SubmissionWorker.class);

	/** What a lease must have left over for what is written before and after the call. */
	private static final Duration MARGIN = Duration.ofSeconds(10);

	private static final Turns NO_TURNS = new Turns(List.of(), Duration.ZERO);

	private static final Function<List<Work>, Map<Work, Submission>> NOTHING_BEGINS = _ -> Map.of();

	/** Between two tries to write down an answer. */
	private static final Duration PAUSE_OF_OUTAGE = Duration.ofMillis(500);

	private final Settlement settlement;

	private final CustomerProfiles customerProfiles;

	private final CreatePermits permits;

	private final Gate gate;

	private final TransactionTemplate transaction;

	private final SubmissionSettings settings;

	private final MeterRegistry meters;

	/** What is claimed, by the number of its claim. */
	private final Map<Long, Start> starts = new ConcurrentHashMap<>();

	private final GroupCommit<Work, Submission> begins;

	private final GroupCommit<AttemptAnswer, Void> settlements;

	private final Duration lease;

	/** Begins with the first claim. */
	private @Nullable Deadline caution;

	/** Whether the first create of this process costs no more time than any other. */
	private boolean prepared;

	/** The domain of what was about to be the first create. */
	private @Nullable String unprepared;

	SubmissionWorker(Settlement settlement, CustomerProfiles customerProfiles, CreatePermits permits, Gate gate,
			TransactionTemplate transaction, Outbox outbox, SubmissionSettings settings, MeterRegistry meters) {
		if (outbox.lease().compareTo(customerProfiles.callTimeout().plus(MARGIN)) <= 0) {
			throw new LeaseTooShort(outbox.lease(), customerProfiles.callTimeout().plus(MARGIN));
		}
		this.settlement = settlement;
		this.customerProfiles = customerProfiles;
		this.permits = permits;
		this.gate = gate;
		this.transaction = transaction;
		this.settings = settings;
		this.meters = meters;
		this.lease = outbox.lease();
		this.begins = new GroupCommit<>(1, settlement::begin);
		this.settlements = new GroupCommit<>(1, answers -> {
			settlement.settle(answers);
			return Map.of();
		});
		// there from the start: a counter that begins with its first increment never
		// increases
		List.of("created", "refused", "not_sent", "unknown").forEach(this::counter);
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

	/**
	 * No more than have their permits. Work that waits for that holds neither a lease nor
	 * a connection. Attempts are committed together with the claims, if they are all that
	 * is to be written.
	 */
	@Override
	public Claims claim(Outbox outbox, int slots) {
		var state = gate.state();
		if (state.recovering() && gate.endRecovery()) {
			log.info("The recovery has ended: every earlier attempt is found or proved absent; new creates are sent");
			return Claims.noneFor(Duration.ZERO);
		}
		if (state.isShut()) {
			return Claims.none();
		}
		var claimed = claim(outbox, state.paused(), slots);
		if (unprepared != null) {
			customerProfiles.prepareForCreates(unprepared);
			prepared = true;
			unprepared = null;
			claimed = claim(outbox, state.paused(), slots);
		}
		var turns = claimed.turns().taken();
		if (turns.isEmpty()) {
			return Claims.noneFor(claimed.turns().askAgain());
		}
		var works = claimed.claims().works();
		for (int place = 0; place < works.size(); place++) {
			var work = works.get(place);
			starts.put(work.claim(), new Start(turns.get(place), claimed.begun(work)));
		}
		return claimed.claims();
	}

	private Claimed claim(Outbox outbox, Set<String> paused, int slots) {
		if (isCautious()) {
			return claim(outbox, paused, slots, NOTHING_BEGINS);
		}
		try {
			return claim(outbox, paused, slots, settlement::beginClaimed);
		}
		catch (RuntimeException | Error failure) {
			// perhaps one of them, which fails nobody else when each begins alone
			log.debug("What is claimed could not begin together", failure);
			return claim(outbox, paused, slots, NOTHING_BEGINS);
		}
	}

	private boolean isCautious() {
		if (caution == null) {
			caution = Deadline.in(settings.cautionAfterStart());
		}
		return !caution.hasPassed();
	}

	private Claimed claim(Outbox outbox, Set<String> paused, int slots,
			Function<List<Work>, Map<Work, Submission>> begin) {
		var turns = new AtomicReference<>(NO_TURNS);
		var claimed = 0;
		try {
			var all = transaction.execute(status -> claimInTurn(outbox, paused, slots, turns, begin, status));
			claimed = all.claims().works().size();
			return all;
		}
		finally {
			permits.giveBack(Objects.requireNonNull(turns.get()).taken().size() - claimed);
		}
	}

	private Claimed claimInTurn(Outbox outbox, Set<String> paused, int slots, AtomicReference<Turns> turns,
			Function<List<Work>, Map<Work, Submission>> begin, TransactionStatus status) {
		turns.set(permits.tryTake(slots));
		var taken = Objects.requireNonNull(turns.get());
		var most = taken.taken().size();
		var claims = (most > 0) ? outbox.claimInTurn(kind(), paused, most) : Claims.none();
		var works = claims.works();
		var deadline = callDeadline();
		if (works.isEmpty()) {
			status.setRollbackOnly();
			return new Claimed(taken, claims, Map.of(), deadline);
		}
		if (!prepared) {
			unprepared = works.getFirst().domain();
			status.setRollbackOnly();
			return new Claimed(taken, Claims.none(), Map.of(), deadline);
		}
		if (works.size() < most) {
			permits.putBack(most - works.size());
		}
		return new Claimed(taken, claims, begin.apply(works), deadline);
	}

	@Override
	public void handle(Work work) {
		var start = starts.remove(work.claim());
		var turn = (start != null) ? start.turn() : null;
		try {
			var begun = (start != null && start.begun() != null) ? start.begun() : begin(work);
			if (begun != null) {
				var departure = (turn != null) ? permits.departure(turn) : Departure.atOnce();
				turn = null;
				send(work, begun, departure);
			}
		}
		finally {
			if (turn != null) {
				permits.giveBack(1);
			}
		}
	}

	/**
	 * Taken before an attempt is written down, so that it ends before the one written.
	 */
	private Deadline callDeadline() {
		return Deadline.in(customerProfiles.callTimeout());
	}

	private @Nullable Begun begin(Work work) {
		var deadline = callDeadline();
		var submission = begins.commit(work);
		return (submission != null) ? new Begun(submission, deadline) : null;
	}

	private void send(Work work, Begun begun, Departure departure) {
		var outcome = customerProfiles.create(begun.submission().request(), begun.deadline(), departure);
		counter(nameOf(outcome)).increment();
		settle(work, begun.submission().attempt(), outcome);
	}

	/**
	 * What AWS has answered is known nowhere else: it is kept for as long as the lease,
	 * in case the database is away for a while. To write it twice does no harm.
	 */
	private void settle(Work work, int attempt, CreateOutcome outcome) {
		var patience = Deadline.in(lease);
		while (true) {
			try {
				settlements.commit(new AttemptAnswer(work, attempt, outcome));
				return;
			}
			catch (RuntimeException outage) {
				if (!Failure.isOutage(outage) || patience.hasPassed()) {
					throw outage;
				}
				log.debug("The answer to attempt {} of {} cannot be written yet", attempt, work, outage);
				LockSupport.parkNanos(PAUSE_OF_OUTAGE.toNanos());
			}
		}
	}

	@Override
	public void parked(Work work, String reason) {
		if (starts.remove(work.claim()) != null) {
			permits.giveBack(1);
		}
		settlement.review(work, reason);
	}

	/** To send again what may be at AWS needs more than a redrive. */
	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		throw new RedriveRefused(
				"Workflow %s waits for a decision: adopt, resubmit or give up".formatted(work.subject()));
	}

	private Counter counter(String outcome) {
		return Counter.builder("submission.outcomes")
			.description("Attempts to create a workflow, by what came of them")
			.tag("outcome", outcome)
			.register(meters);
	}

	private static String nameOf(CreateOutcome outcome) {
		return switch (outcome) {
			case CreateOutcome.Created _ -> "created";
			case CreateOutcome.Refused _ -> "refused";
			case CreateOutcome.NotSent _ -> "not_sent";
			case CreateOutcome.Unknown _ -> "unknown";
		};
	}

	/**
	 * What was claimed in one transaction.
	 *
	 * @param turns one for each, in the same order, and those that were put back
	 * @param begun those whose attempts are committed
	 * @param deadline of their calls
	 */
	private record Claimed(Turns turns, Claims claims, Map<Work, Submission> begun, Deadline deadline) {

		@Nullable Begun begun(Work work) {
			var submission = begun.get(work);
			return (submission != null) ? new Begun(submission, deadline) : null;
		}

	}

	/**
	 * An attempt that is committed.
	 *
	 * @param deadline of its call
	 */
	private record Begun(Submission submission, Deadline deadline) {
	}

	/**
	 * How a piece of work goes on.
	 *
	 * @param turn when it may be sent
	 * @param begun null where its attempt is not written yet
	 */
	private record Start(Turn turn, @Nullable Begun begun) {
	}

}
