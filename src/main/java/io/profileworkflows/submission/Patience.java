package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;

/**
 * How long what is uncertain is waited for.
 *
 * @param skew how far AWS's clock may be from the database's
 * @param settleTime after an attempt's deadline, until which a delayed request may still
 * arrive
 * @param secondLook pause between the two looks that prove absence
 * @param limit after which a person has to decide
 */
record Patience(Duration skew, Duration settleTime, Duration secondLook, Duration limit) {

	private static final Duration YOUNG = Duration.ofMinutes(1);

	/** A look each tenth of the age so far is enough to find what shows itself late. */
	private static final int PART_OF_AGE = 10;

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	boolean hasSettled(UnconfirmedWorkflow unconfirmed, Instant at) {
		return at.isAfter(unconfirmed.deadline().plus(settleTime));
	}

	boolean isExhausted(UnconfirmedWorkflow unconfirmed, Instant at) {
		return at.isAfter(unconfirmed.deadline().plus(limit));
	}

	/** Whether an attempt of the case may have made a workflow that was created then. */
	boolean covers(UnconfirmedWorkflow unconfirmed, Instant createdAt) {
		return unconfirmed.unresolved()
			.stream()
			.anyMatch(attempt -> !createdAt.isBefore(attempt.startedAt().minus(skew))
					&& !createdAt.isAfter(attempt.deadline().plus(settleTime).plus(skew)));
	}

	/** When to look again, while nothing is known yet. */
	Instant nextLook(UnconfirmedWorkflow unconfirmed, Instant lastLook) {
		var age = Duration.between(unconfirmed.begun(), lastLook);
		var pause = (age.compareTo(YOUNG) > 0 ? age : YOUNG).dividedBy(PART_OF_AGE);
		var shortened = min(max(pause, SHORTEST), secondLook);
		var settled = unconfirmed.deadline().plus(settleTime).plusMillis(1);
		var next = lastLook.plus(shortened);
		return (settled.isAfter(lastLook) && settled.isBefore(next)) ? settled : next;
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
