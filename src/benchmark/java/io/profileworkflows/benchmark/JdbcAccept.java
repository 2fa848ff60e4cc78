package io.profileworkflows.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.benchmark.Clients.Throughput;
import io.profileworkflows.integration.DocumentWriter;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * What one would write by hand to keep the same: all rows of an accept by plain JDBC, as
 * two prepared statements in a transaction, one for the workflow with all that belongs to
 * it and one for its work. It checks nothing and answers nobody.
 */
final class JdbcAccept {

	private static final String WORKFLOW = """
			with accepted as (
			  insert into workflow (id, domain_name, flow_name, object_type_name, connector_type,
			    connector_profile_name, role_arn, request, request_digest, warnings, requested_by, phase, status,
			    created_at, updated_at, version)
			  values (?, ?, ?, 'Salesforce-Account', 'Salesforce', 'sales-org', ?, ?::jsonb, ?, '[]', 'anonymous',
			    'ACCEPTED', 'NOT_STARTED', ?, ?, 0)
			  returning *
			), key as (
			  insert into idempotency_key (caller, key, request_digest, workflow_id, created_at)
			  select requested_by, ?, request_digest, id, created_at from accepted on conflict do nothing
			), name as (
			  insert into flow_name_reservation (flow_name, workflow_id, reserved_at)
			  select flow_name, id, created_at from accepted on conflict do nothing
			), tags as (
			  insert into workflow_tag (workflow_id, key, value, created_at)
			  select id, 'team', 'crm', created_at from accepted
			  union all select id, 'cost-center', '4711', created_at from accepted
			)
			insert into workflow_history (workflow_id, at, to_phase, status, reason, actor)
			select id, created_at, phase, status, 'Accepted', requested_by from accepted
			""";

	private static final String WORK = """
			insert into outbox (subject, kind, domain, due_at, trace_parent, request_id)
			values (?, 'submission', ?, clock_timestamp(), ?, ?) on conflict do nothing
			""";

	private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

	private static final String PLACE = "the-place-of-the-flow-name";

	private final JdbcConnectionDetails database;

	private final List<Document> documents = IntStream.range(0, Requests.DOMAINS)
		.mapToObj(domain -> Document.in(Requests.domain(domain)))
		.toList();

	private final String role;

	JdbcAccept(JdbcConnectionDetails database) {
		this.database = database;
		var sample = SampleRequest.of(Requests.domain(0), PLACE);
		this.role = sample.request().roleArn();
	}

	/**
	 * Each connection begins the next transaction as soon as the last one is committed.
	 */
	Throughput atFullRate(Duration duration) {
		var end = System.nanoTime() + duration.toNanos();
		return Clients.together(Clients.NUMBER, index -> () -> {
			try (var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
					database.getPassword()); var rows = new Rows(connection, index)) {
				var accepted = 0L;
				while (System.nanoTime() < end) {
					rows.insert(Clients.nextNumber());
					accepted++;
				}
				return accepted;
			}
		});
	}

	private final class Rows implements AutoCloseable {

		private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

		private final SplittableRandom random;

		private final byte[] digest = new byte[32];

		private final Connection connection;

		private final PreparedStatement workflow;

		private final PreparedStatement work;

		Rows(Connection connection, int index) throws SQLException {
			this.random = new SplittableRandom(index);
			this.connection = connection;
			connection.setAutoCommit(false);
			workflow = connection.prepareStatement(WORKFLOW);
			work = connection.prepareStatement(WORK);
		}

		void insert(long number) throws SQLException {
			var id = ids.generate();
			var domain = Requests.domain(number);
			var now = OffsetDateTime.now(ZoneOffset.UTC);
			random.nextBytes(digest);
			workflow.setObject(1, id);
			workflow.setString(2, domain);
			workflow.setString(3, Requests.flowName(number));
			workflow.setString(4, role);
			workflow.setString(5, documents.get((int) (number % Requests.DOMAINS)).with(Requests.flowName(number)));
			workflow.setBytes(6, digest);
			workflow.setObject(7, now);
			workflow.setObject(8, now);
			workflow.setString(9, Requests.key(number));
			workflow.executeUpdate();
			work.setString(1, id.toString().replace("-", ""));
			work.setString(2, domain);
			work.setString(3, TRACE);
			work.setString(4, id.toString());
			work.executeUpdate();
			connection.commit();
		}

		@Override
		public void close() throws SQLException {
			workflow.close();
			work.close();
		}

	}

	/**
	 * What is stored of a request, around its FlowName.
	 */
	private record Document(String before, String after) {

		static Document in(String domain) {
			var stored = new DocumentWriter().write(SampleRequest.of(domain, PLACE).request());
			var place = stored.indexOf(PLACE);
			return new Document(stored.substring(0, place), stored.substring(place + PLACE.length()));
		}

		String with(String flowName) {
			return before + flowName + after;
		}

	}

}
