package io.profileworkflows.outbox;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.profileworkflows.database.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs claimed work, and answers for what its handler throws.
 */
@Component
class WorkRuns {

	private static final Logger log = LoggerFactory.getLogger(WorkRuns.class);

	private final Outbox outbox;

	private final OutboxSettings settings;

	private final TransactionTemplate transaction;

	private final Endings endings;

	private final OutboxMetrics metrics;

	private final WorkTraces traces;

	WorkRuns(Outbox outbox, OutboxSettings settings, TransactionTemplate transaction, Endings endings,
			OutboxMetrics metrics, WorkTraces traces) {
		this.outbox = outbox;
		this.settings = settings;
		this.transaction = transaction;
		this.endings = endings;
		this.metrics = metrics;
		this.traces = traces;
	}

	/**
	 * Never throws: whatever cannot be recorded here is left to the lease.
	 */
	void run(WorkHandler handler, ClaimedTask task) {
		var work = task.work();
		try (var trace = traces.begin(work, handler.about(work))) {
			if (settings.isLast(work.failures())) {
				task.drop();
				settle(work, "park",
						() -> park(handler, work, work.failures(), "Its lease ran out without an outcome"));
				return;
			}
			handle(handler, task).ifPresent(failure -> {
				trace.failed(Failure.reason(failure));
				failed(handler, work, failure);
			});
		}
	}

	private Optional<Throwable> handle(WorkHandler handler, ClaimedTask task) {
		var run = metrics.begin(task.work());
		try {
			endings.end(handler, task.work(), task.run());
			run.handled();
			return Optional.empty();
		}
		catch (Throwable failure) {
			run.failed();
			return Optional.of(failure);
		}
	}

	private void failed(WorkHandler handler, Work work, Throwable failure) {
		var reason = Failure.reason(failure);
		log.debug("{} failed", work, failure);
		if (failure instanceof ClaimLost) {
			log.warn("{} took longer than its lease, or was cancelled meanwhile; another replica may have it now",
					work);
			return;
		}
		if (Failure.isOutage(failure)) {
			log.warn("{} is postponed because the database cannot be used: {}", work, reason);
			settle(work, "put off", () -> outbox.end(Ending.later(work, settings.delayAfter(1, chance()))));
			return;
		}
		var failures = work.failures() + 1;
		if (settings.isLast(failures)) {
			settle(work, "park", () -> park(handler, work, failures, reason));
			return;
		}
		var delay = settings.delayAfter(failures, chance());
		log.warn("{} failed, {} times by now, and is tried again in {}: {}", work, failures, delay, reason);
		settle(work, "put off", () -> outbox.end(Ending.failed(work, delay)));
	}

	private void park(WorkHandler handler, Work work, int failures, String reason) {
		// the handler first: whatever else it locks is locked before the work, as
		// everywhere
		var parked = transaction.execute(status -> {
			handler.parked(work, reason);
			var holds = outbox.park(work, failures, reason);
			if (!holds) {
				status.setRollbackOnly();
			}
			return holds;
		});
		if (Boolean.TRUE.equals(parked)) {
			log.error("{} is parked after {} failures: {}", work, failures, reason);
			metrics.parked(work);
		}
	}

	private void settle(Work work, String what, Runnable settlement) {
		try {
			settlement.run();
		}
		catch (RuntimeException | Error failure) {
			log.warn("Could not {} {}, which comes back when its lease runs out: {}", what, work,
					Failure.reason(failure));
			log.debug("Could not {} {}", what, work, failure);
		}
	}

	private static double chance() {
		return ThreadLocalRandom.current().nextDouble();
	}

}
