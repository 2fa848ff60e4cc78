package io.profileworkflows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Somebody holds a lock and does not give it back. That concerns what is locked, for
 * seconds, and nothing else.
 */
@ServiceTest
class HeldLocksTests {

	private static final int MANY = 25;

	@LocalServerPort
	int port;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcConnectionDetails database;

	@Autowired
	DataSource pool;

	@Autowired
	JdbcClient jdbc;

	@Test
	void aHeldWorkflowDelaysNoOther() throws SQLException {
		var domain = SampleRequest.unique().domainName();
		WorkflowId held;
		List<WorkflowId> others;
		try (var other = connect()) {
			held = accept(SampleRequest.in(domain));
			lock(other, "select from workflow where id = '%s' for update".formatted(held.value()));
			others = IntStream.range(0, 12).mapToObj(_ -> accept(SampleRequest.in(domain))).toList();

			await().atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(others)
					.allSatisfy(id -> assertThat(workflows.require(id).remoteWorkflowId()).isNotNull()));
			other.rollback();
		}
		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(workflows.require(held).phase()).isNotIn(Phase.ACCEPTED, Phase.SUBMITTING));
	}

	/** As by a replica that the network lost in the middle of its claim. */
	@Test
	void aBudgetHeldByASessionThatVanishedIsFreeWithinSeconds() throws SQLException {
		try (var vanished = pool.getConnection()) {
			vanished.setAutoCommit(false);
			lock(vanished, "select from upstream_budget for update");
			var id = accept(SampleRequest.unique());
			assertThat(workflows.require(id).phase()).isEqualTo(Phase.ACCEPTED);
			assertThat(new Curl(port).get("/workflows?flow-name=nothing").status()).isEqualTo(200);

			await().atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(workflows.require(id).remoteWorkflowId()).isNotNull());

			assertThatExceptionOfType(SQLException.class).isThrownBy(vanished::commit);
		}
	}

	@Test
	void aHeldFlowNameDelaysNobodysReads() throws Exception {
		var sample = SampleRequest.unique();
		var another = accept(SampleRequest.unique());
		try (var other = connect(); var threads = Executors.newFixedThreadPool(MANY)) {
			lock(other,
					"insert into flow_name_reservation (flow_name, workflow_id, reserved_at) values ('%s', '%s', now())"
						.formatted(sample.flowName(), another.value()));
			var creates = IntStream.range(0, MANY)
				.mapToObj(_ -> threads.submit((Callable<Integer>) () -> new Curl(port)
					.post("/domains/%s/workflows/integrations".formatted(sample.domainName()), sample.json().getBytes(),
							"Content-Type", "application/json")
					.status()))
				.toList();

			for (var read = 0; read < 20; read++) {
				assertThat(new Curl(port).get("/workflows?flow-name=nothing").status()).isEqualTo(200);
			}

			for (var create : creates) {
				assertThat(create.get()).isEqualTo(503);
			}
			other.rollback();
		}
		assertThat(new Curl(port)
			.post("/domains/%s/workflows/integrations".formatted(sample.domainName()), sample.json().getBytes(),
					"Content-Type", "application/json")
			.status()).isEqualTo(202);
	}

	@Test
	void noSessionOfThePoolWaitsWithoutAnEnd() throws SQLException {
		try (var pooled = connect()) {
			for (var setting : List.of("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout",
					"tcp_user_timeout")) {
				assertThat(settingOfThePool(setting)).as(setting).isNotEqualTo(settingOf(pooled, setting));
			}
		}
	}

	private String settingOfThePool(String name) {
		return jdbc.sql("select current_setting(:name)").param("name", name).query(String.class).single();
	}

	private static String settingOf(Connection connection, String name) throws SQLException {
		try (var statement = connection.createStatement(); var row = statement.executeQuery("show " + name)) {
			row.next();
			return row.getString(1);
		}
	}

	private WorkflowId accept(SampleRequest sample) {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	private Connection connect() throws SQLException {
		var connection = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword());
		connection.setAutoCommit(false);
		return connection;
	}

	private static void lock(Connection connection, String statement) throws SQLException {
		try (var all = connection.createStatement()) {
			all.execute(statement);
		}
	}

}
