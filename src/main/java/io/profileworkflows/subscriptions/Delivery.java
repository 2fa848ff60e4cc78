package io.profileworkflows.subscriptions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.profileworkflows.database.ResultRow;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An event that was sent to a subscription, or will be.
 *
 * @param number of the event, for paging
 * @param id on the wire, as in {@code webhook-id}
 * @param nextAttemptAt while it is pending
 * @param status of the latest answer
 * @param answer the first kilobyte of it
 * @param failure why the latest attempt does not count
 */
public record Delivery(long number, String id, String type, Instant at, @Nullable String domainName,
		@Nullable WorkflowId workflow, State state, int attempts, @Nullable Instant attemptedAt,
		@Nullable Instant nextAttemptAt, @Nullable Integer status, @Nullable Integer tookMillis,
		@Nullable String answer, @Nullable String failure) {

	private static final String SELECT = """
			select event.id, key, type, at, domain_name, event.workflow_id, state, attempts, attempted_at, due_at, status,
			  took_ms, answer, failure
			from delivery join event on event.id = event_id
			where subscription_id = :subscription and %s
			order by event_id desc limit :limit
			""";

	static List<Delivery> list(JdbcClient jdbc, UUID subscription, long before, int limit) {
		return jdbc.sql(SELECT.formatted("event_id < :before"))
			.param("subscription", subscription)
			.param("before", before)
			.param("limit", limit)
			.query(Delivery::read)
			.list();
	}

	static Delivery find(JdbcClient jdbc, UUID subscription, UUID event) {
		return jdbc.sql(SELECT.formatted("key = :event"))
			.param("subscription", subscription)
			.param("event", event)
			.param("limit", 1)
			.query(Delivery::read)
			.single();
	}

	private static Delivery read(ResultSet set, int number) throws SQLException {
		var row = new ResultRow(set);
		var workflow = row.findUuid("workflow_id");
		var state = State.valueOf(row.text("state"));
		return new Delivery(row.number("id"), DueDelivery.wireId(row.uuid("key")), row.text("type"), row.time("at"),
				row.find("domain_name"), (workflow != null) ? new WorkflowId(workflow) : null, state,
				set.getInt("attempts"), row.findTime("attempted_at"),
				(state == State.PENDING) ? row.findTime("due_at") : null, set.getObject("status", Integer.class),
				set.getObject("took_ms", Integer.class), row.find("answer"), row.find("failure"));
	}

	/** How far it has come. */
	public enum State {

		/** It will be sent, for the first time or again. */
		PENDING,
		/** The subscriber has it. */
		DELIVERED,
		/** It failed for too long. */
		GIVEN_UP

	}

}
