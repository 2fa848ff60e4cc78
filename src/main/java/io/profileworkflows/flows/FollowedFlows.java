package io.profileworkflows.flows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.profileworkflows.database.Columns;
import io.profileworkflows.database.ResultRow;
import io.profileworkflows.workflow.FlowHealth;
import io.profileworkflows.workflow.FlowState;
import io.profileworkflows.workflow.WorkflowId;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is written down about flows.
 */
@Repository
@Transactional
class FollowedFlows {

	/**
	 * An account has at most a thousand flows. What is gone stays known, so that it is
	 * noticed when it comes back; there may be more of those.
	 */
	static final int MOST = 5_000;

	private static final int MOST_AT_ONCE = 1_000;

	private final JdbcClient jdbc;

	private final JsonMapper json = JsonMapper.builder().build();

	FollowedFlows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The ids of complete workflows whose flows are not followed yet, the oldest first.
	 */
	@Transactional(readOnly = true)
	List<WorkflowId> notYetFollowed() {
		return jdbc.sql("""
				select id from workflow
				where phase = 'FINISHED' and status = 'COMPLETE' and flow_health is null
				  and not exists (select from followed_flow where workflow_id = id)
				order by created_at, id limit :limit
				""").param("limit", MOST_AT_ONCE).query(UUID.class).list().stream().map(WorkflowId::new).toList();
	}

	void begin(WorkflowId id, WrittenFlow written) {
		jdbc.sql("""
				insert into followed_flow (workflow_id, written) values (:id, cast(:written as jsonb))
				on conflict do nothing
				""").param("id", id.value()).param("written", json.writeValueAsString(written)).update();
	}

	/** Forgets flows whose workflows are deleted, or about to be. */
	void leaveOut() {
		jdbc.sql("""
				delete from followed_flow using workflow
				where id = workflow_id and (phase <> 'FINISHED' or status <> 'COMPLETE')
				""").update();
	}

	@Transactional(readOnly = true)
	List<FollowedFlow> all() {
		return jdbc.sql("""
				select id, domain_name, flow_name, written, flow, looked_at
				from followed_flow join workflow on id = workflow_id
				order by gone, looked_at nulls first, id limit :limit
				""").param("limit", MOST).query(this::followed).list();
	}

	@Transactional(readOnly = true)
	Optional<WrittenFlow> find(WorkflowId id) {
		return jdbc.sql("select written from followed_flow where workflow_id = :id")
			.param("id", id.value())
			.query(String.class)
			.optional()
			.map(written -> json.readValue(written, WrittenFlow.class));
	}

	private FollowedFlow followed(ResultSet row, int number) throws SQLException {
		var flow = row.getString("flow");
		var written = json.readValue(row.getString("written"), WrittenFlow.class);
		return new FollowedFlow(new WorkflowId(row.getObject("id", UUID.class)), row.getString("domain_name"),
				row.getString("flow_name"), written, written, (flow != null) ? FlowState.read(flow) : null,
				new ResultRow(row).findTime("looked_at"));
	}

	void write(WorkflowId id, WrittenFlow written) {
		jdbc.sql("""
				update followed_flow set written = cast(:written as jsonb), gone = :gone where workflow_id = :id
				""")
			.param("written", json.writeValueAsString(written))
			.param("gone", written.gone())
			.param("id", id.value())
			.update();
	}

	/** AppFlow was asked about this one. */
	void lookedAt(WorkflowId id, Instant at) {
		jdbc.sql("update followed_flow set looked_at = :at where workflow_id = :id")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("id", id.value())
			.update();
	}

	/** All of these were found to be as they are shown. */
	void checked(Collection<WorkflowId> ids, Instant at) {
		jdbc.sql("""
				insert into flow_seen (workflow_id, checked_at)
				select workflow_id, :at from followed_flow where workflow_id = any(:ids::uuid[])
				on conflict (workflow_id) do update set checked_at = excluded.checked_at
				""")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("ids", Columns.texts(ids, Function.identity()))
			.update();
	}

	void addRuns(WorkflowId id, Collection<Run> runs) {
		jdbc.sql(
				"""
						insert into flow_run (workflow_id, execution_id, status, started_at, ended_at, records_processed, records_refused,
						  message)
						select cast(:id as uuid), * from unnest(:executionIds::text[], :statuses::text[], :startedAt::timestamptz[],
						  :endedAt::timestamptz[], :processed::bigint[], :refused::bigint[], :messages::text[])
						on conflict (workflow_id, execution_id) do update set status = excluded.status,
						  started_at = excluded.started_at, ended_at = excluded.ended_at,
						  records_processed = excluded.records_processed, records_refused = excluded.records_refused,
						  message = excluded.message
						""")
			.param("id", id.toString())
			.param("executionIds", Columns.texts(runs, Run::executionId))
			.param("statuses", Columns.texts(runs, Run::status))
			.param("startedAt", Columns.texts(runs, Run::startedAt))
			.param("endedAt", Columns.texts(runs, Run::endedAt))
			.param("processed", Columns.texts(runs, Run::recordsProcessed))
			.param("refused", Columns.texts(runs, Run::recordsRefused))
			.param("messages", Columns.texts(runs, Run::message))
			.update();
	}

	/** Keeps only the latest runs of a flow. */
	void forgetRunsBeyond(WorkflowId id, int most) {
		jdbc.sql("""
				delete from flow_run where (workflow_id, execution_id) in (
				  select workflow_id, execution_id from flow_run where workflow_id = :id
				  order by started_at desc nulls last, execution_id desc offset :most)
				""").param("id", id.value()).param("most", most).update();
	}

	/** The latest first. */
	@Transactional(readOnly = true)
	List<Run> runsOf(WorkflowId id, long offset, int limit) {
		return jdbc
			.sql("""
					select execution_id, status, started_at, ended_at, records_processed, records_refused, message from flow_run
					where workflow_id = :id order by started_at desc nulls last, execution_id desc
					offset :offset limit :limit
					""")
			.param("id", id.value())
			.param("offset", offset)
			.param("limit", limit)
			.query(Run.class)
			.list();
	}

	/** All flows of the account were listed. */
	void swept(Instant at) {
		jdbc.sql(
				"""
						insert into flow_sweep (swept_at) values (:at) on conflict (single) do update set swept_at = excluded.swept_at
						""")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.update();
	}

	/** How long it is since all flows were listed; nothing if none is followed. */
	@Transactional(readOnly = true)
	Optional<Duration> sinceSweep(Instant now) {
		return jdbc.sql("select swept_at from flow_sweep where exists (select from followed_flow where not gone)")
			.query((row, _) -> Optional.ofNullable(new ResultRow(row).findTime("swept_at")))
			.optional()
			.flatMap(Function.identity())
			.map(at -> Duration.between(at, now));
	}

	@Transactional(readOnly = true)
	Map<FlowHealth, Long> count() {
		var counts = new EnumMap<FlowHealth, Long>(FlowHealth.class);
		jdbc.sql("select flow_health, count(*) from workflow where flow_health is not null group by flow_health")
			.query((row, _) -> Map.entry(FlowHealth.valueOf(row.getString(1)), row.getLong(2)))
			.list()
			.forEach(count -> counts.put(count.getKey(), count.getValue()));
		return counts;
	}

}
