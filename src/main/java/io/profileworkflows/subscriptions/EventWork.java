package io.profileworkflows.subscriptions;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.outbox.Work;
import io.profileworkflows.threads.CoalescedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The work of handing events to subscriptions: one piece for all events, there as long as
 * anybody subscribes. It comes again by itself every few seconds; a hint after a commit
 * only makes it sooner.
 */
@Component
class EventWork {

	static final String KIND = "events";

	static final String SUBJECT = "events";

	/** Many commits share a hint. */
	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final Logger log = LoggerFactory.getLogger(EventWork.class);

	private final Outbox outbox;

	private final TransactionOperations transactions;

	private final CoalescedTask hint = new CoalescedTask("event-hints", this::hasten);

	EventWork(Outbox outbox, TransactionOperations transactions) {
		this.outbox = outbox;
		this.transactions = transactions;
	}

	static void hasten(Outbox outbox) {
		outbox.addOrHasten(KIND, SUBJECT, Work.ALL_DOMAINS);
	}

	/**
	 * There are new events. Not in the transaction that wrote them: all would wait for
	 * the same row.
	 */
	void hint() {
		hint.ask();
	}

	private void hasten() {
		try {
			transactions.executeWithoutResult(_ -> hasten(outbox));
		}
		catch (DataAccessException | TransactionException failure) {
			log.debug("Could not hasten the events, which come by themselves", failure);
		}
		LockSupport.parkNanos(PAUSE.toNanos());
	}

}
