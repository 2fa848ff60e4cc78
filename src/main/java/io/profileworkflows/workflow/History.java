package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.RoundTrip;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
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

	private final JdbcOperations statements;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	History(JdbcClient jdbc, JdbcOperations statements, Clock clock, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.statements = statements;
		this.clock = clock;
		this.events = events;
	}

	/** Adds an entry. */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(Workflow workflow, @Nullable Phase before, Cause cause) {
		var trip = new RoundTrip(statements);
		add(trip, List.of(new Entry(workflow, before, cause)));
		trip.make();
	}

	/**
	 * Adds entries. The caller holds the locks of the workflows, so that the ids of each
	 * one's entries ascend in the order in which they are committed: a reader who has
	 * seen one has seen all before it.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(RoundTrip trip, List<Entry> entries) {
		trip.update(
				"""
						insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt, request_id)
						select workflow_id, :at, from_phase, to_phase, status, reason, actor, attempt, request_id
						from unnest(:workflowIds::uuid[], :befores::text[], :phases::text[], :statuses::text[], :reasons::text[],
						  :actors::text[], :attempts::int[], :requestIds::text[])
						  as entry (workflow_id, from_phase, to_phase, status, reason, actor, attempt, request_id)
						""",
				new MapSqlParameterSource("at", clock.instant().atOffset(ZoneOffset.UTC))
					.addValue("workflowIds", Columns.texts(entries, entry -> entry.workflow().id()))
					.addValue("befores", Columns.texts(entries, Entry::before))
					.addValue("phases", Columns.texts(entries, entry -> entry.workflow().phase()))
					.addValue("statuses", Columns.texts(entries, entry -> entry.workflow().status()))
					.addValue("reasons", Columns.texts(entries, entry -> entry.cause().reason()))
					.addValue("actors", Columns.texts(entries, entry -> entry.cause().actor()))
					.addValue("attempts", Columns.numbers(entries, entry -> entry.cause().attempt()))
					.addValue("requestIds", Columns.texts(entries, entry -> entry.cause().requestId())));
		var reached = entries.stream().flatMap(entry -> entry.reached().stream()).toList();
		if (!reached.isEmpty()) {
			events.publishEvent(new MilestonesReached(trip, reached));
		}
		entries.stream()
			.filter(entry -> entry.before() != entry.workflow().phase())
			.map(entry -> Transition.of(entry.workflow(), entry.before(), entry.cause()))
			.forEach(transition -> trip.afterwards(() -> events.publishEvent(transition)));
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

	/**
	 * Lists entries of many workflows, each one's oldest first.
	 * @param known id of the last entry seen of each, 0 for all
	 */
	Map<WorkflowId, List<HistoryEntry>> since(Map<WorkflowId, Long> known) {
		var entries = new HashMap<WorkflowId, List<HistoryEntry>>();
		var entry = new SimplePropertyRowMapper<>(HistoryEntry.class);
		jdbc.sql("""
				select id, at, from_phase, to_phase, status, reason, actor, attempt, request_id, workflow_id
				from unnest(:ids::uuid[], :entries::bigint[]) as known (workflow, entry)
				join workflow_history on workflow_id = workflow and id > entry order by id
				""")
			.param("ids", known.keySet().stream().map(WorkflowId::toString).toArray(String[]::new))
			.param("entries", known.values().toArray(Long[]::new))
			.query((RowCallbackHandler) row -> entries
				.computeIfAbsent(new WorkflowId(row.getObject("workflow_id", UUID.class)), _ -> new ArrayList<>())
				.add(entry.mapRow(row, row.getRow())));
		return entries;
	}

	/**
	 * @return id of the latest entry, 0 where there is none
	 */
	long lastOf(WorkflowId workflow) {
		return jdbc.sql("select coalesce(max(id), 0) from workflow_history where workflow_id = :workflowId")
			.param("workflowId", workflow.value())
			.query(Long.class)
			.single();
	}

	/**
	 * What has just happened to a workflow.
	 *
	 * @param before the phase in which it was, if it was
	 */
	record Entry(Workflow workflow, @Nullable Phase before, Cause cause) {

		Optional<MilestonesReached.Reached> reached() {
			return Milestone.of(before, workflow.phase())
				.map(milestone -> new MilestonesReached.Reached(workflow.id(), workflow.domainName(), milestone));
		}

	}

}
