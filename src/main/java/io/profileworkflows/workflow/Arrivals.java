package io.profileworkflows.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.profileworkflows.database.GroupCommit;
import io.profileworkflows.workflow.Arrival.Outcome;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * All who arrive while one group is taken in are the next group. One who wants what
 * another replica's transaction holds waits for that alone, for a bounded time, and keeps
 * nobody else waiting.
 */
@Component
class Arrivals {

	/** While one is written to the disk, another is made ready. */
	private static final int GROUPS = 2;

	/** Characters of a request that is taken in alone, since many of them are a lot. */
	private static final int LARGE = 1 << 16;

	/** Of the 20 connections of the pool. */
	private static final int MOST_ALONE = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Semaphore places = new Semaphore(MOST_ALONE);

	private final Intake intake;

	private final GroupCommit<Arrival, Outcome> groups;

	Arrivals(Intake intake) {
		this.intake = intake;
		this.groups = new GroupCommit<>(GROUPS, intake::addOrGiveUp);
	}

	/**
	 * Adds a workflow unless its key or its FlowName is taken. Returns when that is
	 * committed.
	 */
	Outcome takeIn(Arrival arrival) {
		if (arrival.workflow().request().length() >= LARGE) {
			return alone(arrival);
		}
		try {
			return Objects.requireNonNull(groups.commit(arrival));
		}
		catch (PessimisticLockingFailureException _) {
			return alone(arrival);
		}
	}

	/** Each holds a connection while it waits, so only some do. */
	private Outcome alone(Arrival arrival) {
		if (!awaitPlace()) {
			throw new CannotAcquireLockException("Too many wait for what another transaction holds");
		}
		try {
			return Objects.requireNonNull(intake.add(List.of(arrival)).get(arrival));
		}
		finally {
			places.release();
		}
	}

	private boolean awaitPlace() {
		try {
			return places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
