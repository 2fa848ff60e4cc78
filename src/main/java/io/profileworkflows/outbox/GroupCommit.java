package io.profileworkflows.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Does in one transaction what many threads ask for at the same time: while one group is
 * under way, the next gathers. Who is alone does not wait for others. What fails in a
 * group is done again alone, so that it fails nobody else.
 *
 * @param <T> what is asked for
 * @param <R> what comes of it
 */
public final class GroupCommit<T, R> {

	private static final int MOST_AT_ONCE = 100;

	private final Function<List<T>, Map<T, R>> transaction;

	private final Queue<Request<T, R>> waiting = new ConcurrentLinkedQueue<>();

	private final ReentrantLock turn = new ReentrantLock();

	/**
	 * @param transaction does all or nothing; what has no result is left out of its map
	 */
	public GroupCommit(Function<List<T>, Map<T, R>> transaction) {
		this.transaction = transaction;
	}

	/**
	 * Returns when it is committed, or throws what made it fail.
	 * @return null where there is no result
	 */
	public @Nullable R commit(T what) {
		var request = new Request<T, R>(what);
		waiting.add(request);
		turn.lock();
		try {
			while (!request.isDone) {
				commitNext();
			}
		}
		finally {
			turn.unlock();
		}
		return request.result();
	}

	/** How many wait for the next group. */
	int waiting() {
		return waiting.size();
	}

	private void commitNext() {
		var group = new ArrayList<Request<T, R>>();
		for (var next = waiting.poll(); next != null; next = (group.size() < MOST_AT_ONCE) ? waiting.poll() : null) {
			group.add(next);
		}
		if (group.size() == 1) {
			commit(group);
		}
		else {
			commitTogether(group);
		}
	}

	/** What is logged meanwhile belongs to the trace of nobody in particular. */
	private void commitTogether(List<Request<T, R>> group) {
		var mine = MDC.getCopyOfContextMap();
		MDC.clear();
		try {
			commit(group);
			var failure = group.getFirst().failure;
			if (failure != null && !Failure.isOutage(failure)) {
				group.forEach(request -> commit(List.of(request)));
			}
		}
		finally {
			if (mine != null) {
				MDC.setContextMap(mine);
			}
		}
	}

	private void commit(List<Request<T, R>> group) {
		try {
			var results = transaction.apply(group.stream().map(request -> request.what).toList());
			group.forEach(request -> request.end(results.get(request.what), null));
		}
		catch (RuntimeException | Error failure) {
			group.forEach(request -> request.end(null, failure));
		}
	}

	private static final class Request<T, R> {

		private final T what;

		private @Nullable R result;

		private @Nullable Throwable failure;

		private boolean isDone;

		Request(T what) {
			this.what = what;
		}

		void end(@Nullable R result, @Nullable Throwable failure) {
			this.result = result;
			this.failure = failure;
			this.isDone = true;
		}

		@Nullable R result() {
			if (failure instanceof RuntimeException exception) {
				throw exception;
			}
			if (failure instanceof Error error) {
				throw error;
			}
			return result;
		}

	}

}
