package io.profileworkflows.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import io.profileworkflows.threads.PlatformThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Does in one transaction what many threads ask for at the same time. While the greatest
 * number of groups is running, the next group gathers. A thread that is alone does not
 * wait for others. If a group fails, or waits too long for a lock, each of its members is
 * done alone, so that none makes others fail or wait.
 *
 * @param <T> what is asked for
 * @param <R> what comes of it
 */
public final class GroupCommit<T, R> {

	private static final int MOST_AT_ONCE = 100;

	private final Function<List<T>, Map<T, R>> transaction;

	private final Executor threads;

	private final Queue<Request<T, R>> waiting = new ConcurrentLinkedQueue<>();

	/** A thread that has one carries out groups. */
	private final Semaphore turns;

	/**
	 * @param groups how many at the same time: with one they are as large as can be, with
	 * more somebody who comes alone is done sooner
	 * @param transaction does all or nothing; what has no result is left out of its map
	 */
	public GroupCommit(int groups, Function<List<T>, Map<T, R>> transaction) {
		this.turns = new Semaphore(groups);
		this.threads = PlatformThreads.pool("group-commit", groups);
		this.transaction = transaction;
	}

	/**
	 * Returns when it is committed, or throws what made it fail.
	 * @return null where there is no result
	 */
	public @Nullable R commit(T what) {
		var request = new Request<T, R>(what);
		waiting.add(request);
		if (turns.tryAcquire()) {
			// on this thread while that is no detour, in whose trace it is then
			commitNext();
			handOn();
		}
		return request.result();
	}

	/** How many wait for the next group. */
	int waiting() {
		return waiting.size();
	}

	/** Others go on with what has gathered meanwhile. */
	private void handOn() {
		if (waiting.isEmpty()) {
			turns.release();
			// somebody may have come in between, who found no turn
			if (waiting.isEmpty() || !turns.tryAcquire()) {
				return;
			}
		}
		threads.execute(() -> {
			while (commitNext()) {
				// until nobody waits
			}
			handOn();
		});
	}

	/**
	 * @return false if nobody waited
	 */
	private boolean commitNext() {
		var group = new ArrayList<Request<T, R>>();
		for (var next = waiting.poll(); next != null; next = (group.size() < MOST_AT_ONCE) ? waiting.poll() : null) {
			group.add(next);
		}
		if (group.size() == 1) {
			commitAlone(group.getFirst());
		}
		else if (!group.isEmpty()) {
			commitTogether(group);
		}
		return !group.isEmpty();
	}

	private void commitAlone(Request<T, R> request) {
		inContext(request.context, () -> {
			try {
				request.outcome.complete(transaction.apply(List.of(request.what)).get(request.what));
			}
			catch (RuntimeException | Error failure) {
				request.outcome.completeExceptionally(failure);
			}
		});
	}

	/** What is logged meanwhile belongs to the trace of nobody in particular. */
	private void commitTogether(List<Request<T, R>> group) {
		inContext(null, () -> {
			try {
				var results = transaction.apply(group.stream().map(request -> request.what).toList());
				group.forEach(request -> request.outcome.complete(results.get(request.what)));
			}
			catch (RuntimeException | Error failure) {
				if (Failure.isOutage(failure) && !Failure.isBlocked(failure)) {
					group.forEach(request -> request.outcome.completeExceptionally(failure));
				}
				else {
					group.forEach(this::commitAlone);
				}
			}
		});
	}

	private static void inContext(@Nullable Map<String, String> context, Runnable action) {
		var mine = MDC.getCopyOfContextMap();
		set(context);
		try {
			action.run();
		}
		finally {
			set(mine);
		}
	}

	private static void set(@Nullable Map<String, String> context) {
		if (context != null) {
			MDC.setContextMap(context);
		}
		else {
			MDC.clear();
		}
	}

	private static final class Request<T, R> {

		private final T what;

		private final @Nullable Map<String, String> context = MDC.getCopyOfContextMap();

		private final CompletableFuture<@Nullable R> outcome = new CompletableFuture<>();

		Request(T what) {
			this.what = what;
		}

		@Nullable R result() {
			try {
				return outcome.join();
			}
			catch (CompletionException failure) {
				if (failure.getCause() instanceof RuntimeException exception) {
					throw exception;
				}
				if (failure.getCause() instanceof Error error) {
					throw error;
				}
				throw failure;
			}
		}

	}

}
