package io.profileworkflows.workflow;

import java.util.List;
import java.util.Objects;

import io.profileworkflows.outbox.GroupCommit;
import io.profileworkflows.workflow.Arrival.Outcome;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * All who arrive while one group is taken in are the next group. One who wants what
 * another replica's transaction holds waits for that alone, and keeps nobody waiting
 * beside him.
 */
@Component
class Arrivals {

	/** While one is written to the disk, another is made ready. */
	private static final int GROUPS = 2;

	/** Characters of a request that is taken in alone, since many of them are a lot. */
	private static final int LARGE = 1 << 16;

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
		catch (PessimisticLockingFailureException held) {
			return alone(arrival);
		}
	}

	private Outcome alone(Arrival arrival) {
		return Objects.requireNonNull(intake.add(List.of(arrival)).get(arrival));
	}

}
