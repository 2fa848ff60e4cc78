package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.function.Supplier;

import io.profileworkflows.database.RoundTrip;

import org.springframework.stereotype.Component;

/**
 * Permits to create workflows. There are some while the circuit breaker is closed and the
 * budget has room.
 */
@Component
public class CreatePermits {

	private static final Duration LOOK_AT_CIRCUIT = Duration.ofMillis(500);

	private final UpstreamCalls calls;

	private final Budget budget;

	CreatePermits(UpstreamCalls calls, Budget budget) {
		this.calls = calls;
		this.budget = budget;
	}

	/** Asks for leave for so many creates at most. */
	public Permits ask(int most) {
		var passes = 0;
		while (passes < most && calls.creates().tryPass()) {
			passes++;
		}
		return new Permits(passes);
	}

	/** Lets a create leave in the turn that was taken, or in a later one. */
	public Departure departure(Turn turn) {
		return Departure.in(turn, budget);
	}

	/** So many were not created after all. */
	public void giveBack(int creates) {
		for (int create = 0; create < creates; create++) {
			calls.creates().giveBack();
		}
	}

	/**
	 * Leave for some creates. What is not used is given back in the end.
	 */
	public final class Permits implements AutoCloseable {

		private int unused;

		private Permits(int most) {
			this.unused = most;
		}

		/**
		 * Takes the next turns of the budget in the caller's transaction: rolled back,
		 * they are not spent. Until its end nobody else takes any.
		 * @return none of them when it is too early, or AWS is not well
		 */
		public Supplier<Turns> take(RoundTrip trip) {
			return (unused == 0) ? () -> Turns.none(LOOK_AT_CIRCUIT)
					: budget.tryTake(trip, Operation.CREATE_INTEGRATION_WORKFLOW, unused);
		}

		/** So many of the turns are not needed. */
		public void putBack(RoundTrip trip, int turns) {
			if (turns > 0) {
				budget.giveBack(trip, Operation.CREATE_INTEGRATION_WORKFLOW, turns);
			}
		}

		/** So many creates are begun, once the transaction is committed. */
		public void use(int creates) {
			unused -= creates;
		}

		@Override
		public void close() {
			giveBack(unused);
		}

	}

}
