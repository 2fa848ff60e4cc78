package io.profileworkflows.workflow;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
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

	/** Adds an entry. */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(Workflow workflow, @Nullable Phase before, Cause cause) {
		add(List.of(new Entry(workflow, before, cause)));
	}

	/**
	 * Adds entries. The caller holds the locks of the workflows, so that the ids of each
	 * one's entries ascend in the order in which they are committed: a reader who has
	 * seen one has seen all before it.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(List<Entry> entries) {
		jdbc.sql(
				"""
						insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt, request_id)
						select workflow_id, :at, from_phase, to_phase, status, reason, actor, attempt, request_id
						from unnest(:workflowIds::uuid[], :befores::text[], :phases::text[], :statuses::text[], :reasons::text[],
						  :actors::text[], :attempts::int[], :requestIds::text[])
						  as entry (workflow_id, from_phase, to_phase, status, reason, actor, attempt, request_id)
						""")
			.param("at", clock.instant().atOffset(ZoneOffset.UTC))
			.param("workflowIds", texts(entries, entry -> entry.workflow().id().toString()))
			.param("befores", texts(entries, entry -> (entry.before() != null) ? entry.before().name() : null))
			.param("phases", texts(entries, entry -> entry.workflow().phase().name()))
			.param("statuses", texts(entries, entry -> entry.workflow().status().name()))
			.param("reasons", texts(entries, entry -> entry.cause().reason()))
			.param("actors", texts(entries, entry -> entry.cause().actor()))
			.param("attempts", entries.stream().map(entry -> entry.cause().attempt()).toArray(Integer[]::new))
			.param("requestIds", texts(entries, entry -> entry.cause().requestId()))
			.update();
		entries.stream()
			.filter(entry -> entry.before() != entry.workflow().phase())
			.forEach(entry -> events.publishEvent(Transition.of(entry.workflow(), entry.before(), entry.cause())));
	}

	private static @Nullable String[] texts(List<Entry> entries, Function<Entry, @Nullable String> text) {
		return entries.stream().map(text).toArray(String[]::new);
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
	}

}
