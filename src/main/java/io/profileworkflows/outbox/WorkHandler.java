package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Map;

/**
 * Does the work of one kind. It settles the work itself, within its own transactions:
 * {@link Outbox#hold hold} before it changes anything, then {@link Outbox#finish finish},
 * {@link Outbox#reschedule reschedule} or {@link Outbox#retryAfter retryAfter}. Work that
 * is left unsettled comes back when its lease runs out; what takes longer is
 * {@link Outbox#renew renewed} in time.
 */
public interface WorkHandler {

	String kind();

	/**
	 * The most pieces of work this process does at the same time.
	 */
	int slots();

	/**
	 * Called on a thread of its own and without a transaction.
	 * @throws Exception when something unexpected happened: counted, tried again with
	 * growing delays, and parked in the end
	 */
	void handle(Work work) throws Exception;

	/**
	 * The work is about to be parked. Runs in the transaction that parks it, before the
	 * work is locked: if this fails, it is not parked but comes back when its lease runs
	 * out; if the claim no longer holds, all of it is rolled back.
	 */
	default void parked(Work work, String reason) {
	}

	/**
	 * Names what the work is about, for the log and the trace: nothing confidential.
	 */
	default Map<String, String> about(Work work) {
		return Map.of();
	}

	/**
	 * An operator is about to redrive parked work. Runs in the transaction that does so,
	 * before the work is locked.
	 * @throws RedriveRefused when somebody has to decide otherwise about it
	 */
	default void redriven(ParkedWork work, Redrive redrive) {
	}

	/**
	 * Claims work for this handler: what is due first, unless it has a way of its own, or
	 * wants none now. Called whenever there are free slots and a look may be worth it.
	 * @param slots the most pieces of work to claim
	 */
	default Claims claim(Outbox outbox, int slots) {
		var works = outbox.claim(kind(), slots);
		return new Claims(works, (works.size() == slots) ? Duration.ZERO : null);
	}

}
