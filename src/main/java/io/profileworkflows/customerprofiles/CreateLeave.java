package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

	/**
	 * Waits for a turn that was taken. One that was missed is lost, and another taken
	 * instead: a late call would come too close to those after it.
	 * @param deadline after which it is no longer waited
	 */
	public void await(Turn taken, Deadline deadline) throws InterruptedException {
		var turn = taken;
		while (!deadline.hasPassed()) {
			sleep(turn, deadline);
			if (turn.isTaken() && !turn.isMissed()) {
				return;
			}
			turn = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);
		}
	}

	private static void sleep(Turn turn, Deadline deadline) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(Math.min(turn.remaining().toNanos(), deadline.remaining().toNanos()));
	}

	/** Nothing was there to be created. */
	public void giveBack() {
		calls.creates().giveBack();
	}

}
