package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CreateLeave;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
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

	/** Between two tries to write down an answer. */
	private static final Duration PAUSE_OF_OUTAGE = Duration.ofMillis(500);

	private final Settlement settlement;

	private final CustomerProfiles customerProfiles;

	private final CreateLeave leave;

	private final Gate gate;

	private final TransactionTemplate transaction;

	private final SubmissionSettings settings;

	private final MeterRegistry meters;

	/** When what is claimed may be sent, by the number of its claim. */
	private final Map<Long, Turn> turns = new ConcurrentHashMap<>();

	private final GroupCommit<Work, Submission> begins;

	private final GroupCommit<Answer, Void> settlements;

	private final Duration lease;

	SubmissionWorker(Settlement settlement, CustomerProfiles customerProfiles, CreateLeave leave, Gate gate,
			TransactionTemplate transaction, Outbox outbox, SubmissionSettings settings, MeterRegistry meters) {
		if (outbox.lease().compareTo(customerProfiles.callTimeout().plus(MARGIN)) <= 0) {
			throw new LeaseTooShort(outbox.lease(), customerProfiles.callTimeout().plus(MARGIN));
		}
		this.settlement = settlement;
		this.customerProfiles = customerProfiles;
		this.leave = leave;
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
	 * No more than have their leave. Whoever waits for that holds neither a lease nor a
	 * connection.
	 */
	@Override
	public Claims claim(Outbox outbox, int slots) {
		var state = gate.state();
		if (state.recovering() && gate.endRecovery()) {
			log.info("All that may have been sent before the restore is found or proved absent; new creates are sent");
			return Claims.noneFor(Duration.ZERO);
		}
		if (state.isShut()) {
			return Claims.none();
		}
		var leaves = new AtomicReference<>(NO_TURNS);
		var works = List.<Work>of();
		try {
			works = transaction.execute(status -> claimInTurn(outbox, state.paused(), slots, leaves, status));
		}
		finally {
			leave.giveBack(of(leaves).taken().size() - works.size());
		}
		var taken = of(leaves).taken();
		if (taken.isEmpty()) {
			return Claims.noneFor(of(leaves).askAgain());
		}
		for (int place = 0; place < works.size(); place++) {
			turns.put(works.get(place).claim(), taken.get(place));
		}
		// even if there are fewer than might be: of a domain with much work comes no more
		// than its part
		return works.isEmpty() ? Claims.none() : new Claims(works, Duration.ZERO);
	}

	private List<Work> claimInTurn(Outbox outbox, Set<String> paused, int slots, AtomicReference<Turns> leaves,
			TransactionStatus status) {
		leaves.set(leave.tryTake(slots));
		var taken = of(leaves).taken().size();
		var works = (taken > 0) ? outbox.claimInTurn(kind(), paused, taken) : List.<Work>of();
		if (works.isEmpty()) {
			status.setRollbackOnly();
		}
		else if (works.size() < taken) {
			leave.putBack(taken - works.size());
		}
		return works;
	}

	private static Turns of(AtomicReference<Turns> leaves) {
		return Objects.requireNonNull(leaves.get());
	}

	@Override
	public void handle(Work work) throws InterruptedException {
		// taken before the commit, so that it ends before the deadline that is written
		// down
		var deadline = Deadline.in(customerProfiles.callTimeout());
		var turn = turns.remove(work.claim());
		try {
			var submission = begins.commit(work);
			if (submission != null) {
				if (turn != null) {
					leave.await(turn);
				}
				turn = null;
				send(work, submission, deadline);
			}
		}
		finally {
			if (turn != null) {
				leave.giveBack(1);
			}
		}
	}

	private void send(Work work, Submission submission, Deadline deadline) {
		var outcome = customerProfiles.create(submission.request(), deadline);
		meters.counter("submission.outcomes", "outcome", nameOf(outcome)).increment();
		settle(work, submission.attempt(), outcome);
	}

	/**
	 * What AWS has answered is known nowhere else: it is kept for as long as the lease,
	 * in case the database is away for a while. To write it twice does no harm.
	 */
	private void settle(Work work, int attempt, CreateOutcome outcome) {
		var patience = Deadline.in(lease);
		while (true) {
			try {
				settlements.commit(new Answer(work, attempt, outcome));
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
		if (turns.remove(work.claim()) != null) {
			leave.giveBack(1);
		}
		settlement.review(work, reason);
	}

	/** To send again what may be at AWS needs more than a redrive. */
	@Override
	public void redriven(ParkedWork work, Redrive redrive) {
		throw new RedriveRefused(
				"Workflow %s waits for a decision: adopt, resubmit or give up".formatted(work.subject()));
	}

	private static String nameOf(CreateOutcome outcome) {
		return switch (outcome) {
			case CreateOutcome.Created _ -> "created";
			case CreateOutcome.Refused _ -> "refused";
			case CreateOutcome.NotSent _ -> "not_sent";
			case CreateOutcome.Unknown _ -> "unknown";
		};
	}

}
