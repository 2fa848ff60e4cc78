package io.profileworkflows;

import java.sql.DriverManager;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.profileworkflows.database.Failure;
import io.profileworkflows.workflow.Phase;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A connection that breaks in the middle of a transaction must find its way back to the
 * pool, or a restart of the database would stop the service for good.
 */
@PostgresTest
class BrokenConnectionTests {

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	DataSource dataSource;

	@Autowired
	Workflows workflows;

	@Autowired
	JdbcConnectionDetails database;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void goesBackToThePool(boolean atCommit) {
		var before = active();

		assertThatException().isThrownBy(() -> transaction.executeWithoutResult(_ -> {
			workflows.inPhases(Phase.ACCEPTED);
			terminate(jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
			if (!atCommit) {
				jdbc.sql("select 1").query(Integer.class).single();
			}
		})).matches(Failure::isOutage);

		assertThat(active()).isEqualTo(before);
	}

	@Test
	void goesBackToThePoolWhenTheTransactionCannotBegin() {
		var before = active();
		jdbc.sql(
				"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
			.query()
			.listOfRows();

		for (int i = 0; i < 30; i++) {
			try {
				transaction.executeWithoutResult(_ -> workflows.inPhases(Phase.ACCEPTED));
			}
			catch (RuntimeException _) {
				// some meet a broken connection, some a new one
			}
		}

		assertThat(active()).isEqualTo(before);
	}

	private int active() {
		return ((HikariDataSource) dataSource).getHikariPoolMXBean().getActiveConnections();
	}

	private void terminate(int backend) {
		try (var other = DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(),
				database.getPassword()); var kill = other.createStatement()) {
			kill.execute("select pg_terminate_backend(%d, 5000)".formatted(backend));
		}
		catch (SQLException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
