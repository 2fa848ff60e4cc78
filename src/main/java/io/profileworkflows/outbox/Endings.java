package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import io.profileworkflows.database.Failure;
import io.profileworkflows.database.GroupCommit;
import io.profileworkflows.database.RoundTrip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what handlers say shall happen. The one place that locks, fences and ends work,
 * and that makes the changes that belong to its end: always in this order.
 */
@Component
class Endings {

	private static final Logger log = LoggerFactory.getLogger(Endings.class);

	/** Between two tries to write down a result. */
	private static final Duration PAUSE_OF_OUTAGE = Duration.ofMillis(500);

	private final Outbox outbox;

	private final JdbcOperations statements;

	private final TransactionTemplate transaction;

	private final Map<Completion<?, ?>, GroupCommit<Answered<?>, Void>> groups = new ConcurrentHashMap<>();

	Endings(Outbox outbox, JdbcOperations statements, TransactionTemplate transaction) {
		this.outbox = outbox;
		this.statements = statements;
		this.transaction = transaction;
	}

	/**
	 * A result may be known nowhere else, such as an answer of AWS: it is kept for as
	 * long as the lease, in case the database is away for a while. To write it twice does
	 * no harm.
	 */
	void end(WorkHandler handler, Work work, Result result) {
		var begin = System.nanoTime();
		while (true) {
			try {
				tryToEnd(handler, work, result);
				return;
			}
			catch (RuntimeException failure) {
				if (!Failure.isOutage(failure) || System.nanoTime() - begin >= outbox.lease().toNanos()) {
					throw failure;
				}
				log.debug("The result of {} cannot be written yet", work, failure);
				LockSupport.parkNanos(PAUSE_OF_OUTAGE.toNanos());
			}
		}
	}

	private void tryToEnd(WorkHandler handler, Work work, Result result) {
		switch (result) {
			case Result.Together<?> together -> commit(work, together);
			case Result.Done _, Result.Again _, Result.Later _, Result.Decide _ ->
				transaction.executeWithoutResult(_ -> {
					handler.lock(work);
					if (outbox.hold(work, Duration.ZERO)) {
						carryOut(work, result);
					}
				});
		}
	}

	private void carryOut(Work work, Result result) {
		if (result instanceof Result.Decide(var decision)) {
			carryOut(work, decision.get());
			return;
		}
		outbox.end(ending(work, result));
		switch (result) {
			case Result.Done(var change) -> change.run();
			case Result.Again(var _, var change) -> change.run();
			case Result.Later(var _, var change) -> change.run();
			case Result.Decide _, Result.Together<?> _ -> {
			}
		}
	}

	private static Ending ending(Work work, Result result) {
		return switch (result) {
			case Result.Done _ -> Ending.done(work);
			case Result.Again(var delay, var _) -> Ending.again(work, delay);
			case Result.Later(var delay, var _) -> Ending.later(work, delay);
			case Result.Decide _, Result.Together<?> _ ->
				throw new IllegalStateException("It is decided already what becomes of " + work);
		};
	}

	private <T> void commit(Work work, Result.Together<T> together) {
		groups.computeIfAbsent(together.completion(), this::groupsOf).commit(new Answered<>(work, together.answer()));
	}

	private <T, L> GroupCommit<Answered<?>, Void> groupsOf(Completion<T, L> completion) {
		return new GroupCommit<>(1, group -> {
			transaction.executeWithoutResult(_ -> complete(completion, group));
			return Map.of();
		});
	}

	@SuppressWarnings("unchecked")
	private <T, L> void complete(Completion<T, L> completion, List<Answered<?>> group) {
		var answers = new LinkedHashMap<Work, T>();
		group.forEach(answered -> answers.put(answered.work(), (T) answered.answer()));
		var locks = new RoundTrip(statements);
		var locked = completion.lock(locks, answers);
		var held = outbox.hold(locks, answers.keySet(), Duration.ZERO);
		locks.make();
		var decision = completion.decide(answers, held.get(), locked);
		var changes = new RoundTrip(statements);
		outbox.end(changes,
				decision.results().entrySet().stream().map(end -> ending(end.getKey(), end.getValue())).toList());
		decision.changes().accept(changes);
		changes.make();
	}

	/**
	 * What a handler found out about work of its own kind.
	 */
	private record Answered<T>(Work work, T answer) {
	}

}
