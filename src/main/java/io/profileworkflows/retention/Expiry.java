package io.profileworkflows.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

import io.profileworkflows.workflow.Phase;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Removes what is over and old, so many rows in a transaction. What somebody else has
 * locked is left for the next time, so that replicas neither wait for each other nor make
 * anybody wait.
 */
@Repository
@Transactional
class Expiry {

	private final JdbcClient jdbc;

	Expiry(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Removes finished workflows with their tags, steps and attempts. Their history
	 * leaves by the month, and their FlowName stays reserved: at AWS the flow may live
	 * on.
	 * @return how many were removed
	 */
	int removeFinishedWorkflows(Instant unchangedSince, int limit) {
		return jdbc.sql("""
				delete from workflow where id = any(array(
				  select id from unnest(cast(:phases as text[])) as over (phase) cross join lateral (
				    select id, updated_at from workflow
				    where workflow.phase = over.phase and updated_at < :unchangedSince
				    order by updated_at limit :limit
				    for update skip locked) as oldest
				  limit :limit))
				""")
			.param("phases",
					Arrays.stream(Phase.values())
						.filter(phase -> !phase.isLive())
						.map(Phase::name)
						.toArray(String[]::new))
			.param("unchangedSince", unchangedSince.atOffset(ZoneOffset.UTC))
			.param("limit", limit)
			.update();
	}

	/**
	 * @return how many were removed
	 */
	int removeIdempotencyKeys(Instant takenBefore, int limit) {
		return jdbc.sql("""
				delete from idempotency_key where ctid = any(array(
				  select ctid from idempotency_key where created_at < :takenBefore
				  order by created_at limit :limit for update skip locked))
				""").param("takenBefore", takenBefore.atOffset(ZoneOffset.UTC)).param("limit", limit).update();
	}

}
