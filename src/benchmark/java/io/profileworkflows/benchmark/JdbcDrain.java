package io.profileworkflows.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

import io.profileworkflows.benchmark.Clients.Throughput;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * What one would write by hand to bring about the same: all rows of a submission by plain
 * SQL, for 256 of them at once, in one transaction before the call and in one after it.
 * It calls nobody, decides nothing and makes up what AWS would have answered.
 */
final class JdbcDrain {

	static final int BATCH = 256;

	/** As many as the service has at work on this: one that begins, and one that ends. */
	static final int CONNECTIONS = 2;

	private static final String BEGIN = """
			with due as materialized (
			  select subject, domain from outbox
			  where kind = 'submission' and parked_at is null and due_at <= (select clock_timestamp())
			  order by due_at limit %d for update skip locked
			), lease as materialized (
			  select clock_timestamp() + interval '1 minute' as ends
			), claimed as (
			  update outbox set claim = nextval('outbox_claim'), due_at = ends, leased_until = ends
			  from due, lease where outbox.subject = due.subject
			), taken as (
			  insert into outbox_turn (kind, domain, taken_at)
			  select 'submission', domain, clock_timestamp() from due group by domain order by domain
			  on conflict (kind, domain) do update set taken_at = excluded.taken_at
			), begun as (
			  update workflow set phase = 'SUBMITTING', version = version + 1,
			    updated_at = date_trunc('milliseconds', clock_timestamp())
			  from due where id = due.subject::uuid and phase = 'ACCEPTED'
			  returning id, domain_name, flow_name, connector_type, connector_profile_name, role_arn, status
			), attempted as (
			  insert into submission_attempt (workflow_id, number, started_at, deadline, domain_name, flow_name,
			    connector_type, connector_profile_name, role_arn)
			  select id, 1, clock_timestamp(), clock_timestamp() + interval '30 seconds', domain_name, flow_name,
			    connector_type, connector_profile_name, role_arn from begun
			), noted as (
			  insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt)
			  select id, clock_timestamp(), 'ACCEPTED', 'SUBMITTING', status, 'Attempt 1 begins', 'submission', 1
			  from begun
			)
			select subject from due
			""".formatted(BATCH);

	private static final String END = """
			with answer as materialized (
			  select subject, subject::uuid as workflow_id, replace(gen_random_uuid()::text, '-', '') as remote_id,
			    gen_random_uuid()::text as request_id
			  from unnest(?::text[]) as subject
			), answered as (
			  update submission_attempt set outcome = 'CREATED', remote_workflow_id = remote_id, reason = 'Created',
			    request_id = answer.request_id, answered_at = clock_timestamp()
			  from answer where submission_attempt.workflow_id = answer.workflow_id and number = 1
			), done as (
			  delete from outbox using answer where outbox.subject = answer.subject
			), submitted as (
			  update workflow set phase = 'SUBMITTED', remote_workflow_id = remote_id, provenance = 'CREATED',
			    submitted_at = clock_timestamp(), updated_at = date_trunc('milliseconds', clock_timestamp()),
			    version = version + 1
			  from answer where id = answer.workflow_id and phase = 'SUBMITTING'
			  returning id, domain_name, status, remote_id, request_id
			), noted as (
			  insert into workflow_history (workflow_id, at, from_phase, to_phase, status, reason, actor, attempt,
			    request_id)
			  select id, clock_timestamp(), 'SUBMITTING', 'SUBMITTED', status,
			    'Created at Customer Profiles as ' || remote_id, 'submission', 1, request_id
			  from submitted
			)
			insert into outbox (subject, kind, domain, due_at)
			select 'domains/' || domain_name, 'tracking', domain_name, clock_timestamp() from submitted
			group by domain_name order by domain_name
			on conflict (subject) do update set due_at = least(outbox.due_at, excluded.due_at + interval '10 seconds')
			""";

	private final JdbcConnectionDetails database;

	JdbcDrain(JdbcConnectionDetails database) {
		this.database = database;
	}

	/** From the first batch until nothing waits. */
	Throughput drain() {
		return Clients.together(CONNECTIONS, _ -> () -> {
			try (var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
					database.getPassword())) {
				connection.setAutoCommit(false);
				return drain(connection);
			}
		});
	}

	private static long drain(Connection connection) throws SQLException {
		var done = 0L;
		for (var batch = begin(connection); batch.length > 0; batch = begin(connection)) {
			try (var end = connection.prepareStatement(END)) {
				end.setArray(1, connection.createArrayOf("text", batch));
				end.executeUpdate();
			}
			connection.commit();
			done += batch.length;
		}
		return done;
	}

	private static Object[] begin(Connection connection) throws SQLException {
		try (var begin = connection.prepareStatement(BEGIN); var rows = begin.executeQuery()) {
			var subjects = new ArrayList<String>();
			while (rows.next()) {
				subjects.add(rows.getString(1));
			}
			connection.commit();
			return subjects.toArray();
		}
	}

}
