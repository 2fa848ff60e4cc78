package io.profileworkflows.threads;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A task that many may ask for, and that runs soon on its own thread. It never runs twice
 * at the same time, and runs once more after the last request.
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
