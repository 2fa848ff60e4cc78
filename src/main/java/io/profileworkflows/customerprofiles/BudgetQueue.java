package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Where reads of this process wait for the budget, the more urgent first. A call that
 * waits holds no connection.
 */
@Component
class BudgetQueue implements Quota {

	private static final Logger log = LoggerFactory.getLogger(BudgetQueue.class);

	private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

	private final Budget budget;

	private final MeterRegistry meters;

	private final Map<String, Queue> queues = new HashMap<>();

	BudgetQueue(Budget budget, MeterRegistry meters) {
		this.budget = budget;
		this.meters = meters;
		for (var operation : Operation.values()) {
			queues.putIfAbsent(operation.budget(), new Queue(operation));
		}
	}

	@Override
	public boolean pass(Operation operation, Priority priority, Duration patience) {
		var timer = Timer.start(meters);
		try {
			return Objects.requireNonNull(queues.get(operation.budget())).pass(priority, Deadline.in(patience));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			timer.stop(Timer.builder("upstream.budget.wait")
				.description("How long calls waited for AWS's quota")
				.tag("operation", operation.awsName())
				.register(meters));
		}
	}

	/** How many wait. */
	int waiting(Operation operation) {
		return Objects.requireNonNull(queues.get(operation.budget())).size();
	}

	@Override
	public void throttled(Operation operation, @Nullable Duration retryAfter) {
		try {
			budget.lower(operation, retryAfter);
		}
		catch (DataAccessException | TransactionException failure) {
			// to go on as fast as before costs less than the answer that is being told
			log.warn("The budget for {} could not be lowered: {}", operation.awsName(), failure.getMessage());
		}
	}

	private final class Queue {

		private final Operation operation;

		private final ReentrantLock lock = new ReentrantLock();

		private final Condition moved = lock.newCondition();

		private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();

		private long arrivals;

		Queue(Operation operation) {
			this.operation = operation;
		}

		boolean pass(Priority priority, Deadline deadline) throws InterruptedException {
			var turn = take(priority, deadline);
			if (turn == null) {
				return false;
			}
			// out of the queue, so that the next one takes its turn meanwhile
			budget.await(operation, turn);
			return true;
		}

		private @Nullable Turn take(Priority priority, Deadline deadline) throws InterruptedException {
			var me = enter(priority);
			try {
				while (!deadline.hasPassed()) {
					if (!isFirst(me, deadline)) {
						continue;
					}
					var turn = budget.tryTake(operation);
					if (turn.isTaken()) {
						return turn;
					}
					// a more urgent call need not wait for this sleep
					TimeUnit.NANOSECONDS.sleep(atMost(deadline, turn.remaining()));
				}
				return null;
			}
			finally {
				leave(me);
			}
		}

		private Waiter enter(Priority priority) {
			lock.lock();
			try {
				var me = new Waiter(priority, arrivals++);
				waiters.add(me);
				return me;
			}
			finally {
				lock.unlock();
			}
		}

		private boolean isFirst(Waiter me, Deadline deadline) throws InterruptedException {
			lock.lock();
			try {
				if (me.equals(waiters.peek())) {
					return true;
				}
				moved.await(atMost(deadline, LONGEST_SLEEP), TimeUnit.NANOSECONDS);
				return me.equals(waiters.peek());
			}
			finally {
				lock.unlock();
			}
		}

		int size() {
			lock.lock();
			try {
				return waiters.size();
			}
			finally {
				lock.unlock();
			}
		}

		private static long atMost(Deadline deadline, Duration pause) {
			return Stream.of(pause, LONGEST_SLEEP, deadline.remaining())
				.min(Duration::compareTo)
				.orElseThrow()
				.toNanos();
		}

		private void leave(Waiter me) {
			lock.lock();
			try {
				waiters.remove(me);
				moved.signalAll();
			}
			finally {
				lock.unlock();
			}
		}

	}

	private record Waiter(Priority priority, long arrival) implements Comparable<Waiter> {

		@Override
		public int compareTo(Waiter other) {
			var byPriority = priority.compareTo(other.priority);
			return (byPriority != 0) ? byPriority : Long.compare(arrival, other.arrival);
		}

	}

}
