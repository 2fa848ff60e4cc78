package io.profileworkflows.outbox;

/**
 * Does the work of one kind. It settles the work itself, within its own transactions:
 * {@link Outbox#hold hold} before it changes anything, then {@link Outbox#finish finish},
 * {@link Outbox#reschedule reschedule} or {@link Outbox#retryAfter retryAfter}. Work that
 * is left unsettled comes back when its lease runs out.
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
	 * How many pieces may be claimed now, at most the given number of free slots: fewer,
	 * or none, while paused or out of budget. Asked at each look at the outbox.
	 */
	default int free(int slots) {
		return slots;
	}

}
