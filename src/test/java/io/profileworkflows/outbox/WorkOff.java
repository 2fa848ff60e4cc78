package io.profileworkflows.outbox;

/**
 * Works off the outbox when a test says so, since nothing works in the background of a
 * {@link io.profileworkflows.PostgresTest}.
 */
public class WorkOff {

	private final OutboxWorker worker;

	WorkOff(OutboxWorker worker) {
		this.worker = worker;
	}

	/**
	 * Runs everything of the kind that is due now, once and on the caller's thread.
	 * @return how many pieces of work that were
	 */
	public int workOff(String kind) {
		return worker.workOff(kind);
	}

}
