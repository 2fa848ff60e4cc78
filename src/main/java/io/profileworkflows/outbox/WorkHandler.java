package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Map;

/**
 * Does the work of one kind, and says what shall happen then. A handler
 * {@link Outbox#renew renews} the claim of work that takes longer than its lease. It
 * makes changes before the end {@link Outbox#change under the claim}.
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
	Result handle(Work work) throws Exception;

	/**
	 * Locks what the work is about, in the engine's transaction and before the work
	 * itself.
	 */
	default void lock(Work work) {
	}

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
		var tasks = outbox.claim(kind(), slots).stream().map(work -> ClaimedTask.of(work, this)).toList();
		return new Claims(tasks, (tasks.size() == slots) ? Duration.ZERO : null);
	}

}
