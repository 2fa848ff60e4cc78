package io.profileworkflows.outbox;

import java.sql.SQLException;

import jakarta.persistence.PersistenceException;
import org.hibernate.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void namesClassMessageAndOrigin() {
		assertThat(Failure.reason(new IllegalStateException("not at home")))
			.matches("IllegalStateException: not at home \\(FailureTests.java:\\d+\\)");
	}

	@Test
	void doesWithoutAMessage() {
		assertThat(Failure.reason(new IllegalStateException())).startsWith("IllegalStateException (");
	}

	@Test
	void tellsNeitherStatementsNorValues() {
		var driver = new SQLException("ERROR: duplicate key\n  Detail: Key (secret)=(4711) already exists.");

		assertThat(Failure.reason(new DataIntegrityViolationException("PreparedStatement [insert …]", driver)))
			.startsWith("SQLException: ERROR: duplicate key (")
			.doesNotContain("insert", "4711");
	}

	@Test
	void keepsReasonsShort() {
		assertThat(Failure.reason(new IllegalStateException("x".repeat(10_000)))).hasSizeLessThan(600);
	}

	@Test
	void tellsTheDatabasesTroubleFromThatOfTheWork() {
		assertThat(Failure.isOutage(new CannotCreateTransactionException("no connection"))).isTrue();
		assertThat(Failure.isOutage(new QueryTimeoutException("too slow"))).isTrue();
		assertThat(Failure.isOutage(new DataIntegrityViolationException("duplicate"))).isFalse();
		assertThat(Failure.isOutage(new IllegalStateException())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "08006", "08003", "57P01", "57P02", "57P03" })
	void knowsALostConnectionByItsState(String state) {
		var atCommit = new JpaSystemException(new PersistenceException("Unable to commit against JDBC Connection",
				new SQLException("This connection has been closed", state)));

		assertThat(Failure.isOutage(atCommit)).isTrue();
	}

	@Test
	void knowsAConnectionThatThePoolHasClosedBeforeTheRollback() {
		var atRollback = new JpaSystemException(new TransactionException("Unable to rollback against JDBC Connection",
				new SQLException("Connection is closed")));

		assertThat(Failure.isOutage(atRollback)).isTrue();
	}

	@Test
	void takesNoOtherErrorOfTheDatabaseForALostConnection() {
		assertThat(Failure.isOutage(
				new JpaSystemException(new PersistenceException(new SQLException("ERROR: value too long", "22001")))))
			.isFalse();
		assertThat(Failure.isOutage(new JpaSystemException(new PersistenceException(new SQLException("nobody knows")))))
			.isFalse();
		assertThat(Failure
			.isOutage(new JpaSystemException(new TransactionException("Unable to commit against JDBC Connection",
					new SQLException("ERROR: duplicate key", "23505")))))
			.isFalse();
	}

	@Test
	void takesARollbackThatFailsForAnOutage() {
		assertThat(Failure.isOutage(new TransactionSystemException("Could not roll back"))).isTrue();
	}

}
