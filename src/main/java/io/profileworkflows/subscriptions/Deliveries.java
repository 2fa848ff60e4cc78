package io.profileworkflows.subscriptions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.ResultRow;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is to be sent to subscriptions, and what came of it.
 */
@Repository
class Deliveries {

	private final JdbcClient jdbc;

	Deliveries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The next ones of a subscription, at most one of each workflow: a later event waits
	 * until the earlier one is delivered or given up.
	 */
	@Transactional(readOnly = true)
	List<Next> next(UUID subscription, int limit) {
		return jdbc.sql("""
				select event_id, key, type, at, domain_name, event.workflow_id, data, attempts,
				  extract(epoch from due_at - clock_timestamp()) * 1000 as due_in
				from (
				  select event_id, attempts, due_at from delivery
				  where subscription_id = :subscription and state = 'PENDING'
				    and not exists (select from delivery as earlier
				      where earlier.subscription_id = delivery.subscription_id and earlier.state = 'PENDING'
				        and earlier.workflow_id = delivery.workflow_id and earlier.event_id < delivery.event_id)
				  order by delivery.due_at, delivery.event_id limit :limit
				) as next join event on event.id = event_id
				order by due_at, event_id
				""")
			.param("subscription", subscription)
			.param("limit", limit)
			.query((row, _) -> new Next(due(row), Duration.ofMillis((long) Math.ceil(row.getDouble("due_in")))))
			.list();
	}

	private static DueDelivery due(ResultSet set) throws SQLException {
		var row = new ResultRow(set);
		return new DueDelivery(row.number("event_id"), row.uuid("key"), row.text("type"), row.time("at"),
				row.find("domain_name"), row.findUuid("workflow_id"), row.text("data"), set.getInt("attempts"));
	}

	/** Writes down what came of many. */
	@Transactional(propagation = Propagation.MANDATORY)
	void record(UUID subscription, List<Outcome> outcomes) {
		jdbc.sql("""
				update delivery set state = result.state, attempts = attempts + 1, attempted_at = clock_timestamp(),
				  due_at = clock_timestamp() + cast(result.delay as interval), took_ms = result.took_ms,
				  status = result.status, answer = result.answer, failure = result.failure
				from unnest(:events::bigint[], :states::text[], :delays::text[], :took::int[], :statuses::int[],
				  :answers::text[], :failures::text[])
				  as result (event_id, state, delay, took_ms, status, answer, failure)
				where subscription_id = :subscription and delivery.event_id = result.event_id
				""")
			.param("subscription", subscription)
			.param("events", Columns.longs(outcomes, outcome -> outcome.due().number()))
			.param("states", Columns.texts(outcomes, Outcome::state))
			.param("delays", Columns.texts(outcomes, Outcome::delay))
			.param("took", Columns.numbers(outcomes, outcome -> (int) outcome.answer().took().toMillis()))
			.param("statuses", Columns.numbers(outcomes, outcome -> outcome.answer().status()))
			.param("answers", Columns.texts(outcomes, outcome -> outcome.answer().text()))
			.param("failures", Columns.texts(outcomes, outcome -> outcome.answer().failure()))
			.update();
	}

	/** A subscriber is back: what waits for its next attempt need not wait any more. */
	@Transactional(propagation = Propagation.MANDATORY)
	void hastenAll(UUID subscription) {
		jdbc.sql("""
				update delivery set due_at = clock_timestamp()
				where subscription_id = :subscription and state = 'PENDING' and due_at > clock_timestamp()
				""").param("subscription", subscription).update();
	}

	/**
	 * Writes down how a subscription is after some deliveries.
	 * @param failures in a row
	 * @param delay until the next delivery, where there are
	 * @return since when it fails, by the database's clock, if it does
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	Duration failingFor(UUID subscription, int failures, Duration delay, boolean slow) {
		return jdbc.sql("""
				update subscription set failures = :failures, slow = :slow,
				  failing_since = case when :failures > 0 then coalesce(failing_since, clock_timestamp()) end,
				  retry_at = case when :failures > 0 then clock_timestamp() + cast(:delay as interval) end
				where id = :subscription
				returning coalesce(extract(epoch from clock_timestamp() - failing_since), 0) * 1000
				""")
			.param("failures", failures)
			.param("delay", delay.toString())
			.param("slow", slow)
			.param("subscription", subscription)
			.query(Double.class)
			.optional()
			.map(millis -> Duration.ofMillis(millis.longValue()))
			.orElse(Duration.ZERO);
	}

	/**
	 * @param dueIn not positive where it is due
	 */
	record Next(DueDelivery due, Duration dueIn) {

		boolean isDue() {
			return !dueIn.isPositive();
		}

	}

	/**
	 * @param delay until the next attempt, zero where it is over
	 */
	record Outcome(DueDelivery due, DeliveryAnswer answer, Delivery.State state, Duration delay) {
	}

}
