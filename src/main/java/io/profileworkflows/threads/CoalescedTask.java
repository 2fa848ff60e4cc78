package io.profileworkflows.threads;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Something to be done soon, on a thread of its own, for all who ask for it meanwhile:
 * never twice at the same time, and once more after the last who asked.
 */
public final class CoalescedTask {

	private final AtomicLong asked = new AtomicLong();

	private final String name;

	private final Runnable task;

	/**
	 * @param name of its thread
	 * @param task which must not throw
	 */
	public CoalescedTask(String name, Runnable task) {
		this.name = name;
		this.task = task;
	}

	/** Does not wait until it is done. */
	public void ask() {
		if (asked.getAndIncrement() == 0) {
			PlatformThreads.start(name, this::runForAll);
		}
	}

	private void runForAll() {
		long before;
		do {
			before = asked.get();
			task.run();
		}
		while (!asked.compareAndSet(before, 0));
	}

}
