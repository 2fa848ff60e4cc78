package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The moment at which a create may leave this process: in its turn, or in a later turn if
 * something is not ready in time. A turn that is given up sends nothing.
 */
public final class Departure {

	/** A call that has to wait for longer gives its connection and its lease back. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	private static final Departure AT_ONCE = new Departure(null, null);

	private static final Logger log = LoggerFactory.getLogger(Departure.class);

	private final @Nullable Budget budget;

	private volatile @Nullable Turn turn;

	/** Whether the budget knows that the turn is given up. */
	private boolean isGivenUp;

	private Departure(@Nullable Budget budget, @Nullable Turn turn) {
		this.budget = budget;
		this.turn = turn;
	}

	/** As soon as everything is ready, whatever the budget is. */
	public static Departure atOnce() {
		return AT_ONCE;
	}

	static Departure in(Turn turn, Budget budget) {
		return new Departure(budget, turn);
	}

	/**
	 * Waits for the turn, once everything else is ready.
	 * @param deadline by which it must begin
	 * @throws TurnPassed when it is over and no other is to be had soon
	 */
	void await(Deadline deadline) throws InterruptedException {
		var next = turn;
		while (next != null) {
			TimeUnit.NANOSECONDS.sleep(next.remaining().toNanos());
			if (!next.isOver()) {
				return;
			}
			next = takeAnew(deadline);
			turn = next;
		}
	}

	private Turn takeAnew(Deadline deadline) {
		if (budget == null) {
			throw new IllegalStateException("What has no turn cannot miss it");
		}
		var left = deadline.remaining();
		isGivenUp = true;
		try {
			var taken = budget.takeAnew(Operation.CREATE_INTEGRATION_WORKFLOW,
					(left.compareTo(LONGEST_WAIT) < 0) ? left : LONGEST_WAIT);
			if (taken.isTaken()) {
				isGivenUp = false;
				return taken;
			}
		}
		catch (DataAccessException | TransactionException failure) {
			log.debug("No other turn could be taken", failure);
		}
		throw new TurnPassed();
	}

	/** Nothing was sent on the turn, so that it may be made up for. */
	void giveUp() {
		if (budget == null || isGivenUp) {
			return;
		}
		isGivenUp = true;
		try {
			budget.giveUp(Operation.CREATE_INTEGRATION_WORKFLOW);
		}
		catch (DataAccessException | TransactionException failure) {
			log.debug("A turn that is lost will not be made up for", failure);
		}
	}

	/** Looks once more, right before the first byte of the content leaves. */
	void requireInTurn() {
		var now = turn;
		if (now != null && now.isOver()) {
			throw new TurnPassed();
		}
	}

}
