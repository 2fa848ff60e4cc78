package io.profileworkflows.submission;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.MeterRegistry;
import io.profileworkflows.customerprofiles.CreateLeave;
import io.profileworkflows.customerprofiles.CreateOutcome;
import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.Deadline;
import io.profileworkflows.outbox.Claims;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.outbox.WorkHandler;
import io.profileworkflows.workflow.WorkKinds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
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

	/** Between two tries to write down an answer. */
	private static final Duration PAUSE_OF_OUTAGE = Duration.ofMillis(500);

	private final Settlement settlement;

	private final CustomerProfiles customerProfiles;

	private final CreateLeave leave;

	private final Gate gate;

	private final TransactionTemplate transaction;

	private final SubmissionSettings settings;

	private final MeterRegistry meters;

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
	}

	@Override
	public String kind() {
		return WorkKinds.SUBMISSION;
	}

	@Override
	public int slots() {
		return settings.slots();
	}

	/**
	 * One at a time, since each has to have its leave. Whoever waits for that holds
	 * neither a lease nor a connection.
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
		// given back unless work has it, also when the commit fails
		var unused = new AtomicBoolean();
		try {
			var claims = Objects
				.requireNonNull(transaction.execute(status -> claim(outbox, state.paused(), unused, status)));
			unused.compareAndSet(true, claims.works().isEmpty());
			return claims;
		}
		finally {
			if (unused.get()) {
				leave.giveBack();
			}
		}
	}

	private Claims claim(Outbox outbox, Set<String> paused, AtomicBoolean taken, TransactionStatus status) {
		var wait = leave.tryTake();
		if (!wait.isZero()) {
			return Claims.noneFor(wait);
		}
		taken.set(true);
		var work = outbox.claimInTurn(kind(), paused);
		if (work.isEmpty()) {
			status.setRollbackOnly();
			return Claims.none();
		}
		return new Claims(List.of(work.get()), Duration.ZERO);
	}

	@Override
	public void handle(Work work) {
		// taken before the commit, so that it ends before the deadline that is written
		// down
		var deadline = Deadline.in(customerProfiles.callTimeout());
		var isUsed = false;
		try {
			var submission = settlement.begin(work);
			if (submission.isPresent()) {
				isUsed = true;
				send(work, submission.get(), deadline);
			}
		}
		finally {
			if (!isUsed) {
				leave.giveBack();
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
				settlement.settle(work, attempt, outcome);
				return;
			}
			catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException outage) {
				if (patience.hasPassed()) {
					throw outage;
				}
				log.debug("The answer to attempt {} of {} cannot be written yet", attempt, work, outage);
				LockSupport.parkNanos(PAUSE_OF_OUTAGE.toNanos());
			}
		}
	}

	@Override
	public void parked(Work work, String reason) {
		settlement.review(work, reason);
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
