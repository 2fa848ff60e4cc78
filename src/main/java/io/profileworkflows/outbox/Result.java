package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What shall happen to work that a handler has finished with. The engine does it in one
 * transaction: it locks the subject and the work, checks the claim, ends the work, and
 * then makes the change. If the claim no longer holds, none of this happens.
 */
public sealed interface Result {

	/** Nothing is left to do; the work is removed. */
	record Done(Runnable change) implements Result {
	}

	/**
	 * This pass went well, and the next is due after the delay. Earlier failures are
	 * forgotten.
	 */
	record Again(Duration delay, Runnable change) implements Result {
	}

	/**
	 * It cannot be done now for a reason that was to be expected, such as throttling.
	 * That counts as no failure, and forgets none.
	 */
	record Later(Duration delay, Runnable change) implements Result {
	}

	/** Only what is locked shows what shall happen. */
	record Decide(Supplier<Result> decision) implements Result {
	}

	/** The same, decided and written for many pieces of work at the same time. */
	record Together<T>(T answer, Completion<T, ?> completion) implements Result {
	}

	static Result done() {
		return new Done(Result::nothing);
	}

	static Result done(Runnable change) {
		return new Done(change);
	}

	static Result again(Duration delay) {
		return new Again(delay, Result::nothing);
	}

	static Result later(Duration delay) {
		return new Later(delay, Result::nothing);
	}

	static Result later(Duration delay, Runnable change) {
		return new Later(delay, change);
	}

	static Result decide(Supplier<Result> decision) {
		return new Decide(decision);
	}

	private static void nothing() {
	}

}
