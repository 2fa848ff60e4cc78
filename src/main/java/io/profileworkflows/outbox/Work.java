package io.profileworkflows.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * A claimed piece of work. The claim number is its fencing token: after another claim, a
 * settlement or a cancellation, this claim can change nothing. All times are the
 * database's.
 *
 * @param subject what the work is about; a subject has at most one piece of work
 * @param domain the Customer Profiles domain the work is for
 * @param failures how often it has failed unexpectedly so far
 * @param dueAt when it became due
 */
public record Work(String kind, String subject, String domain, long claim, int failures, Instant dueAt,
		Instant claimedAt, Instant leasedUntil, Origin origin) {

	/** Instead of a domain, where work is about all of them: none has such a name. */
	public static final String ALL_DOMAINS = "*";

	/**
	 * How long it lay due before it was claimed, whatever the clocks of the replicas say.
	 */
	Duration waited() {
		return Duration.between(dueAt, claimedAt);
	}

	@Override
	public String toString() {
		return "%s of %s (claim %s)".formatted(kind, subject, claim);
	}

}
