package io.profileworkflows.workflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the workflows that run at AWS, and only what a sweep needs of them. They may be
 * many, and every sweep reads them.
 */
@Repository
public class RunningWorkflows {

	private final JdbcClient jdbc;

	RunningWorkflows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Those of a domain, the oldest first. */
	public List<TrackedWorkflow> in(String domainName) {
		return jdbc.sql("""
				select id, remote_workflow_id, remote_status, remote_updated_at, created_at, submitted_at,
				  ended - lag(ended, 1, ended) over (order by created_at, id) as ended_before
				from (
				  select id, remote_workflow_id, remote_status, remote_updated_at, created_at, submitted_at, phase,
				    count(*) filter (where phase <> 'SUBMITTED') over (order by created_at, id) as ended
				  from workflow
				  where domain_name = :domainName and phase in ('SUBMITTED', 'FINISHED', 'DELETING') and created_at >=
				    (select min(created_at) from workflow where domain_name = :domainName and phase = 'SUBMITTED')
				) as seen
				where phase = 'SUBMITTED' order by created_at, id
				""").param("domainName", domainName).query(RunningWorkflows::tracked).list();
	}

	/**
	 * When something changed last in what runs in a domain.
	 * @return nothing when nothing runs there
	 */
	public Optional<Instant> lastChangeIn(String domainName) {
		return jdbc.sql("select max(updated_at) from workflow where domain_name = :domainName and phase = 'SUBMITTED'")
			.param("domainName", domainName)
			.query((row, _) -> Optional.ofNullable(instant(row, "max")))
			.single();
	}

	private static TrackedWorkflow tracked(ResultSet row, int number) throws SQLException {
		return new TrackedWorkflow(new WorkflowId(row.getObject("id", UUID.class)), row.getString("remote_workflow_id"),
				row.getString("remote_status"), instant(row, "remote_updated_at"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("submitted_at", OffsetDateTime.class).toInstant(), row.getLong("ended_before"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		var time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
