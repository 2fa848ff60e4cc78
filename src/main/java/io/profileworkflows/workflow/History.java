package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happened to each workflow, when and why. Entries are added, never changed.
 */
@Repository
class History {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	History(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.events = events;
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void add(Workflow workflow, @Nullable Phase before, Cause cause) {
		jdbc.sql(
				"""
						insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt, request_id)
						values (:workflowId, :at, :before, :phase, :status, :reason, :actor, :attempt, :requestId)
						""")
			.param("workflowId", workflow.id().value())
			.param("at", clock.instant().atOffset(ZoneOffset.UTC))
			.param("before", (before != null) ? before.name() : null)
			.param("phase", workflow.phase().name())
			.param("status", workflow.status().name())
			.param("reason", cause.reason())
			.param("actor", cause.actor())
			.param("attempt", cause.attempt())
			.param("requestId", cause.requestId())
			.update();
		if (before != workflow.phase()) {
			events.publishEvent(Transition.of(workflow, before, cause));
		}
	}

	/**
	 * Lists entries, oldest first.
	 * @param after id of the last entry seen, 0 for all
	 */
	List<HistoryEntry> of(WorkflowId workflow, long after, int limit) {
		return jdbc.sql("""
				select id, at, from_phase, to_phase, status, reason, actor, attempt, request_id from workflow_history
				where workflow_id = :workflowId and id > :after order by id limit :limit
				""")
			.param("workflowId", workflow.value())
			.param("after", after)
			.param("limit", limit)
			.query(HistoryEntry.class)
			.list();
	}

}
