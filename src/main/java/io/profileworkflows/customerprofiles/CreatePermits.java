package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leave to create workflows: AWS is well as far as we know, and the budget has room.
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

	/**
	 * Takes leave for creates in the caller's transaction. Each is then either used or
	 * {@link #giveBack given back}, and its turn {@link #putBack put back} or the
	 * transaction rolled back.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Turns tryTake(int most) {
		var passes = 0;
		while (passes < most && calls.creates().tryPass()) {
			passes++;
		}
		if (passes == 0) {
			return Turns.none(LOOK_AT_CIRCUIT);
		}
		var taken = 0;
		try {
			var turns = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW, passes);
			taken = turns.taken().size();
			return turns;
		}
		finally {
			giveBack(passes - taken);
		}
	}

	/** Lets a create leave in the turn that was taken, or in a later one. */
	public Departure departure(Turn turn) {
		return Departure.in(turn, budget);
	}

	/**
	 * So many of the turns that were taken in the caller's transaction are not needed.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void putBack(int turns) {
		budget.giveBack(Operation.CREATE_INTEGRATION_WORKFLOW, turns);
	}

	/** So many were not created after all. */
	public void giveBack(int creates) {
		for (int create = 0; create < creates; create++) {
			calls.creates().giveBack();
		}
	}

}
