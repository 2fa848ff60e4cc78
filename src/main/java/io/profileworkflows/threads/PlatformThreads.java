package io.profileworkflows.threads;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads that compute, ask the database or call AWS. They are platform
 * threads: code that loads a class pins a virtual thread to its carrier, and two pinned
 * carriers on a machine with two processors stop all virtual threads for good
 * (docs/adr/0007).
 */
public final class PlatformThreads {

	private static final Duration IDLE_FOR = Duration.ofMinutes(1);

	private PlatformThreads() {
	}

	/** A thread that does not keep the process alive. */
	public static Thread unstarted(String name, Runnable task) {
		return Thread.ofPlatform().daemon().name(name).unstarted(task);
	}

	/** Starts a thread that does not keep the process alive. */
	public static Thread start(String name, Runnable task) {
		var thread = unstarted(name, task);
		thread.start();
		return thread;
	}

	/**
	 * A pool whose threads end when they have had nothing to do for a minute. What finds
	 * no thread waits.
	 * @param most threads at the same time
	 */
	public static ThreadPoolExecutor pool(String name, int most) {
		return pool(name, most, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy());
	}

	/**
	 * The same with bounded room for what waits.
	 * @param full decides on what finds no room
	 */
	public static ThreadPoolExecutor pool(String name, int most, BlockingQueue<Runnable> room,
			RejectedExecutionHandler full) {
		var threads = new ThreadPoolExecutor(most, most, IDLE_FOR.toSeconds(), TimeUnit.SECONDS, room,
				Thread.ofPlatform().daemon().name(name + "-", 1).factory(), full);
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

}
