package io.profileworkflows.workflow;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of each workflow as AWS described them last.
 */
@Repository
class Steps {

	private final JdbcClient jdbc;

	private final NamedParameterJdbcTemplate batches;

	Steps(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void replace(WorkflowId workflow, List<Step> steps) {
		jdbc.sql("delete from workflow_step where workflow_id = :workflowId and position >= :size")
			.param("workflowId", workflow.value())
			.param("size", steps.size())
			.update();
		batches.batchUpdate(
				"""
						insert into workflow_step (workflow_id, position, flow_name, status, execution_message, records_processed,
						  batch_records_start_time, batch_records_end_time, created_at, last_updated_at)
						values (:workflowId, :position, :flowName, :status, :executionMessage, :recordsProcessed,
						  :batchRecordsStartTime, :batchRecordsEndTime, :createdAt, :lastUpdatedAt)
						on conflict (workflow_id, position) do update set flow_name = excluded.flow_name, status = excluded.status,
						  execution_message = excluded.execution_message, records_processed = excluded.records_processed,
						  batch_records_start_time = excluded.batch_records_start_time,
						  batch_records_end_time = excluded.batch_records_end_time, created_at = excluded.created_at,
						  last_updated_at = excluded.last_updated_at
						""",
				IntStream.range(0, steps.size())
					.mapToObj(position -> row(workflow, position, steps.get(position)))
					.toArray(SqlParameterSource[]::new));
	}

	List<Step> of(WorkflowId workflow, long offset, int limit) {
		return jdbc
			.sql("""
					select flow_name, status, execution_message, records_processed, batch_records_start_time,
					  batch_records_end_time, created_at, last_updated_at
					from workflow_step where workflow_id = :workflowId and position >= :offset order by position limit :limit
					""")
			.param("workflowId", workflow.value())
			.param("offset", offset)
			.param("limit", limit)
			.query(Step.class)
			.list();
	}

	private static SqlParameterSource row(WorkflowId workflow, int position, Step step) {
		return new MapSqlParameterSource("workflowId", workflow.value()).addValue("position", position)
			.addValue("flowName", step.flowName())
			.addValue("status", step.status())
			.addValue("executionMessage", step.executionMessage())
			.addValue("recordsProcessed", step.recordsProcessed())
			.addValue("batchRecordsStartTime", step.batchRecordsStartTime())
			.addValue("batchRecordsEndTime", step.batchRecordsEndTime())
			.addValue("createdAt", step.createdAt().atOffset(ZoneOffset.UTC))
			.addValue("lastUpdatedAt", step.lastUpdatedAt().atOffset(ZoneOffset.UTC));
	}

}
