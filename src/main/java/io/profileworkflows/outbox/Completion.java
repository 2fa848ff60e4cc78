package io.profileworkflows.outbox;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.profileworkflows.database.RoundTrip;

/**
 * Decides what becomes of many pieces of work, all in one transaction of the engine.
 *
 * @param <T> what their handler found out about each
 * @param <L> what is locked and read before the decision
 */
public interface Completion<T, L> {

	/**
	 * Locks what the work is about, and writes what counts even if another process holds
	 * the claims by now.
	 */
	L lock(RoundTrip trip, Map<Work, T> answers);

	/**
	 * Decides, with everything locked.
	 * @param held the work whose claims hold; nothing else may be ended or changed
	 */
	Decision decide(Map<Work, T> answers, Set<Work> held, L locked);

	/**
	 * @param results of what is held, each without a change of its own
	 * @param changes that follow once the work is ended
	 */
	record Decision(Map<Work, Result> results, Consumer<RoundTrip> changes) {
	}

}
