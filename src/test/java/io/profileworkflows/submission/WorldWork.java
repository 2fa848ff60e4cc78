package io.profileworkflows.submission;

/**
 * A row of the outbox.
 */
final class WorldWork {

	static final long NONE = -1;

	boolean isThere;

	long claim;

	long dueAt;

	long leasedUntil = NONE;

	long hastenedTo = NONE;

	void add(long at) {
		isThere = true;
		dueAt = at;
		leasedUntil = NONE;
		hastenedTo = NONE;
	}

	void addOrHasten(long now, long within) {
		if (!isThere) {
			add(now);
			return;
		}
		if (leasedUntil <= now) {
			dueAt = Math.min(dueAt, now + within);
		}
		if (leasedUntil != NONE) {
			hastenedTo = (hastenedTo == NONE) ? now + within : Math.min(hastenedTo, now + within);
		}
	}

	void lease(long number, long until) {
		claim = number;
		dueAt = until;
		leasedUntil = until;
		hastenedTo = NONE;
	}

	boolean isHeldBy(long number) {
		return isThere && claim == number && leasedUntil != NONE;
	}

	void finish() {
		if (hastenedTo != NONE) {
			putOff(hastenedTo);
		}
		else {
			isThere = false;
		}
	}

	void putOff(long until) {
		dueAt = (hastenedTo == NONE) ? until : Math.min(until, hastenedTo);
		leasedUntil = NONE;
		hastenedTo = NONE;
	}

	void park() {
		dueAt = Actor.NEVER;
		leasedUntil = NONE;
		hastenedTo = NONE;
	}

	void redrive(long now) {
		if (isThere && dueAt == Actor.NEVER) {
			dueAt = now;
		}
	}

	WorldWork copy() {
		var copy = new WorldWork();
		copy.isThere = isThere;
		copy.claim = claim;
		copy.dueAt = dueAt;
		copy.leasedUntil = leasedUntil;
		copy.hastenedTo = hastenedTo;
		return copy;
	}

}
