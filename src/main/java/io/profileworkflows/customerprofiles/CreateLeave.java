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
	 * @return zero when it is taken, or else how long to wait before asking again
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Duration tryTake() {
		if (!calls.creates().tryPass()) {
			return LOOK_AT_CIRCUIT;
		}
		var taken = false;
		try {
			var wait = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);
			taken = wait.isZero();
			return wait;
		}
		finally {
			if (!taken) {
				giveBack();
			}
		}
	}

	/** Nothing was there to be created. */
	public void giveBack() {
		calls.creates().giveBack();
	}

}
