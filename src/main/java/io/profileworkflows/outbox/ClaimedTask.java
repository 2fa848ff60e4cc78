package io.profileworkflows.outbox;

/**
 * A claimed piece of work with what its claim brought.
 */
public interface ClaimedTask {

	Work work();

	/**
	 * Does the work, on a thread of its own and without a transaction.
	 * @throws Exception when something unexpected happened: counted, tried again with
	 * growing delays, and parked in the end
	 */
	Result run() throws Exception;

	/** The work is not done after all. */
	default void drop() {
	}

	static ClaimedTask of(Work work, WorkHandler handler) {
		return new ClaimedTask() {

			@Override
			public Work work() {
				return work;
			}

			@Override
			public Result run() throws Exception {
				return handler.handle(work);
			}

		};
	}

}
