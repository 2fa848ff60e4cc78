package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.Collection;

import io.profileworkflows.database.RoundTrip;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * What only the engine does with claims, for tests that do it by hand.
 */
public final class Ends {

	private Ends() {
	}

	public static boolean finish(Outbox outbox, Work work) {
		return outbox.end(Ending.done(work));
	}

	public static boolean retryAfter(Outbox outbox, Work work, Duration delay) {
		return outbox.end(Ending.later(work, delay));
	}

	static boolean reschedule(Outbox outbox, Work work, Duration delay) {
		return outbox.end(Ending.again(work, delay));
	}

	static boolean fail(Outbox outbox, Work work, Duration delay) {
		return outbox.end(Ending.failed(work, delay));
	}

	static boolean park(Outbox outbox, Work work, String reason) {
		return outbox.park(work, work.failures(), reason);
	}

	/** In the caller's transaction. */
	static Outbox.Claimed claimInTurn(Outbox outbox, JdbcOperations statements, String kind, Collection<String> except,
			int limit) {
		var trip = new RoundTrip(statements);
		var claimed = outbox.claimInTurn(trip, kind, except, limit);
		trip.make();
		return claimed.get();
	}

}
