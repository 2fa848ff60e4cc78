package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How many calls may begin, by all replicas together: one after another at an even pace,
 * so that no second has more than AWS allows. The clock is the database's.
 */
@Repository
public class Budget {

	/**
	 * The part of the quota that is used. What is left over is room for calls that arrive
	 * at AWS less evenly than they were begun.
	 */
	private static final double USED = 0.975;

	/**
	 * How late a call may begin and the next one still in its time, so that no pace is
	 * lost.
	 */
	private static final Duration CREDIT = Duration.ofMillis(25);

	/** What is left of the share after AWS throttled. */
	private static final double LOWERED = 0.9;

	private static final double LEAST_SHARE = 0.1;

	/** How much of the full share comes back in a second. */
	private static final double RECOVERY = 0.01;

	private final JdbcClient jdbc;

	private final UpstreamSettings settings;

	Budget(JdbcClient jdbc, UpstreamSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	/**
	 * Takes leave for one call, in the caller's transaction: rolled back, it is not
	 * spent. Until its end nobody else takes any.
	 * @return zero when it may begin now, or else how long to wait before asking again
	 */
	public Duration tryTake(Operation operation) {
		var wait = jdbc
			.sql("""
					with now as materialized (select clock_timestamp() as at),
					taken as (
					  update upstream_budget set next_free_at =
					    greatest(next_free_at, now.at - cast(:credit as interval))
					      + make_interval(secs => 1 / (:rate * least(1, share + :recovery * extract(epoch from now.at - lowered_at))))
					  from now where operation = :operation and next_free_at <= now.at
					  returning 0::double precision as wait)
					select coalesce((select wait from taken),
					  (select extract(epoch from next_free_at - now.at) from upstream_budget, now where operation = :operation))
					""")
			.param("credit", CREDIT.toString())
			.param("rate", settings.requestsPerSecond() * USED)
			.param("recovery", RECOVERY)
			.param("operation", operation.awsName())
			.query(Double.class)
			.single();
		// at least a millisecond, where somebody else was quicker than this look
		return (wait == 0) ? Duration.ZERO : Duration.ofMillis(Math.max(1, Math.round(wait * 1000)));
	}

	/** Counts a call that was made without leave, such as a repetition by the SDK. */
	void charge(Operation operation, int calls) {
		jdbc.sql("""
				update upstream_budget set next_free_at =
				  greatest(next_free_at, clock_timestamp()) + make_interval(secs => :calls / :rate)
				where operation = :operation
				""")
			.param("calls", calls)
			.param("rate", settings.requestsPerSecond() * USED)
			.param("operation", operation.awsName())
			.update();
	}

	/**
	 * AWS throttled a call, so others use the quota, too: all replicas go slower for a
	 * while.
	 * @param retryAfter how long AWS asked to wait, if it did
	 */
	void lower(Operation operation, @Nullable Duration retryAfter) {
		var pause = (retryAfter != null) ? retryAfter : Duration.ofSeconds(1).dividedBy(settings.requestsPerSecond());
		jdbc.sql("""
				update upstream_budget set
				  share = greatest(:least, :lowered
				    * least(1, share + :recovery * extract(epoch from clock_timestamp() - lowered_at))),
				  lowered_at = clock_timestamp(),
				  next_free_at = greatest(next_free_at, clock_timestamp() + cast(:pause as interval))
				where operation = :operation
				""")
			.param("least", LEAST_SHARE)
			.param("lowered", LOWERED)
			.param("recovery", RECOVERY)
			.param("pause", pause.toString())
			.param("operation", operation.awsName())
			.update();
	}

}
