package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leave to create one workflow: AWS is well as far as we know, and the budget has room.
 */
@Component
public class CreateLeave {

	private static final Duration LOOK_AT_CIRCUIT = Duration.ofMillis(500);

	private final UpstreamCalls calls;

	private final Budget budget;

	CreateLeave(UpstreamCalls calls, Budget budget) {
		this.calls = calls;
		this.budget = budget;
	}

	/**
	 * Takes leave for one create in the caller's transaction. It is then either used, or
	 * given back and the transaction rolled back.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Turn tryTake() {
		if (!calls.creates().tryPass()) {
			return Turn.askAgain(LOOK_AT_CIRCUIT);
		}
		var isTaken = false;
		try {
			var turn = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);
			isTaken = turn.isTaken();
			return turn;
		}
		finally {
			if (!isTaken) {
				giveBack();
			}
		}
	}

	/** Waits for the turn that was taken. */
	public void await(Turn turn) throws InterruptedException {
		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, turn);
	}

	/** Nothing was there to be created. */
	public void giveBack() {
		calls.creates().giveBack();
	}

}
