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

	private final Intake intake;

	private final GroupCommit<Arrival, Outcome> groups;

	Arrivals(Intake intake) {
		this.intake = intake;
		this.groups = new GroupCommit<>(intake::addOrGiveUp);
	}

	/**
	 * Adds a workflow unless its key or its FlowName is taken. Returns when that is
	 * committed.
	 */
	Outcome takeIn(Arrival arrival) {
		try {
			return Objects.requireNonNull(groups.commit(arrival));
		}
		catch (PessimisticLockingFailureException held) {
			return Objects.requireNonNull(intake.add(List.of(arrival)).get(arrival));
		}
	}

}
