package io.profileworkflows.retention;

import java.time.Clock;
import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets what is over leave after its time, and makes room for the history to come. Every
 * replica does it now and then; they do not get in each other's way.
 */
@Component
class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private final Expiry expiry;

	private final HistoryPartitions partitions;

	private final RetentionSettings settings;

	private final Clock clock;

	private final Counter workflows;

	private final Counter keys;

	private final Counter months;

	Retention(Expiry expiry, HistoryPartitions partitions, RetentionSettings settings, Clock clock,
			MeterRegistry meters) {
		this.expiry = expiry;
		this.partitions = partitions;
		this.settings = settings;
		this.clock = clock;
		this.workflows = removed("workflows", meters);
		this.keys = removed("idempotency_keys", meters);
		this.months = removed("history_partitions", meters);
	}

	private static Counter removed(String what, MeterRegistry meters) {
		return Counter.builder("retention.removed")
			.description("What left after its time")
			.tag("what", what)
			.register(meters);
	}

	/**
	 * An entry whose month is missing has a place nevertheless: nothing fails if this
	 * does.
	 */
	@EventListener(ApplicationReadyEvent.class)
	void prepareHistory() {
		attempt("The next months of the history could not be made ready", () -> {
			var made = partitions.prepare();
			if (made > 0) {
				log.info("Made {} partitions for the history to come", made);
			}
		});
	}

	@Scheduled(initialDelayString = "${profile-workflows.retention.interval}",
			fixedDelayString = "${profile-workflows.retention.interval}")
	void look() {
		prepareHistory();
		attempt("What is over could not be removed", this::remove);
	}

	/**
	 * Keys first: what one answers with is there for as long as the key.
	 */
	void remove() {
		var now = clock.instant();
		var takenBefore = now.minus(RetentionSettings.IDEMPOTENCY_KEYS);
		var unchangedSince = now.minus(settings.finishedWorkflows());
		inBatches("idempotency keys", keys, () -> expiry.removeIdempotencyKeys(takenBefore, settings.batch()));
		inBatches("finished workflows", workflows,
				() -> expiry.removeFinishedWorkflows(unchangedSince, settings.batch()));
		note("months of history", months, partitions.drop(now.minus(settings.history())));
	}

	private void inBatches(String what, Counter counter, IntSupplier batch) {
		int all = 0;
		int removed;
		do {
			removed = batch.getAsInt();
			all += removed;
		}
		while (removed == settings.batch());
		note(what, counter, all);
	}

	private static void note(String what, Counter counter, int removed) {
		counter.increment(removed);
		if (removed > 0) {
			log.info("Removed {} {} after their time", removed, what);
		}
	}

	private static void attempt(String what, Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn("{}, and will be tried again: {}", what, failure.getMostSpecificCause().getMessage());
		}
	}

}
