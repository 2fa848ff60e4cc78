package io.profileworkflows.security;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import io.profileworkflows.threads.PlatformThreads;

/**
 * A few threads that compute for many callers, one piece of work of each caller in turn.
 * A caller with much to compute waits for its own work, and for little of the others'.
 */
final class FairPool implements AutoCloseable {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition waits = lock.newCondition();

	/** Those whose turn is next come first. */
	private final SequencedMap<String, Queue<FutureTask<?>>> waiting = new LinkedHashMap<>();

	private int working;

	private boolean closed;

	FairPool(String name, int threads) {
		IntStream.rangeClosed(1, threads).forEach(number -> PlatformThreads.start(name + "-" + number, this::work));
	}

	/**
	 * Computes on a thread of the pool, and waits for the result.
	 * @throws RuntimeException as the work itself does
	 */
	<T> T compute(String caller, Callable<T> work) {
		var task = new FutureTask<>(work);
		add(caller, task);
		try {
			return task.get();
		}
		catch (ExecutionException failure) {
			throw (failure.getCause() instanceof RuntimeException unexpected) ? unexpected
					: new IllegalStateException(failure.getCause());
		}
		catch (InterruptedException failure) {
			task.cancel(true);
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The process stops", failure);
		}
	}

	private void add(String caller, FutureTask<?> task) {
		lock.lock();
		try {
			if (closed) {
				throw new IllegalStateException("The process stops");
			}
			waiting.computeIfAbsent(caller, _ -> new ArrayDeque<>()).add(task);
			waits.signal();
		}
		finally {
			lock.unlock();
		}
	}

	private void work() {
		try {
			while (true) {
				next().run();
				done();
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private FutureTask<?> next() throws InterruptedException {
		lock.lockInterruptibly();
		try {
			while (waiting.isEmpty()) {
				if (closed) {
					throw new InterruptedException();
				}
				waits.await();
			}
			return take(waiting.pollFirstEntry());
		}
		finally {
			lock.unlock();
		}
	}

	private void done() {
		lock.lock();
		try {
			working--;
		}
		finally {
			lock.unlock();
		}
	}

	/** How many pieces of work wait for a thread. */
	int waiting() {
		lock.lock();
		try {
			return waiting.values().stream().mapToInt(Queue::size).sum();
		}
		finally {
			lock.unlock();
		}
	}

	/** How many threads work. */
	int working() {
		lock.lock();
		try {
			return working;
		}
		finally {
			lock.unlock();
		}
	}

	private FutureTask<?> take(Map.Entry<String, Queue<FutureTask<?>>> turn) {
		var task = turn.getValue().remove();
		if (!turn.getValue().isEmpty()) {
			waiting.putLast(turn.getKey(), turn.getValue());
		}
		working++;
		return task;
	}

	/** Takes no more work, and ends its threads once all that waits is done. */
	@Override
	public void close() {
		lock.lock();
		try {
			closed = true;
			waits.signalAll();
		}
		finally {
			lock.unlock();
		}
	}

}
