package io.profileworkflows.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
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
	@ValueSource(strings = { "08000", "08001", "08003", "08006", "25006", "25P03", "25P04", "28P01", "3D000", "40001",
			"40P01", "53000", "53100", "53200", "53300", "53400", "55P03", "57000", "57014", "57P01", "57P02", "57P03",
			"57P04", "57P05", "58000", "58030", "58P01" })
	void knowsAnOutageByItsState(String state) {
		var byJdbc = new UncategorizedSQLException("insert", "insert …", new SQLException("no", state));
		var byTranslation = new SQLStateSQLExceptionTranslator().translate("insert", "insert …",
				new SQLException("no", state));

		assertThat(Failure.isOutage(byJdbc)).isTrue();
		assertThat(byTranslation == null || Failure.isOutage(byTranslation)).isTrue();
		assertThat(Failure.isOutage(atCommit(state))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "22001", "23505", "23514", "42601", "42P01", "54000", "P0001", "XX000" })
	void takesNoOtherStateForAnOutage(String state) {
		var byTranslation = new SQLStateSQLExceptionTranslator().translate("insert", "insert …",
				new SQLException("no", state));

		assertThat(byTranslation != null && Failure.isOutage(byTranslation)).isFalse();
		assertThat(Failure.isOutage(atCommit(state))).isFalse();
	}

	private static Exception atCommit(String state) {
		return new TransactionSystemException("JDBC commit failed", new SQLException("no", state));
	}

	@ParameterizedTest
	@ValueSource(strings = { "25006", "25P03", "57P01", "57P05" })
	void throwsConnectionsAwayThatAreOfNoMoreUse(String state) {
		assertThat(new ThrownAwayConnections().adjudicate(new SQLException("no", state)))
			.isEqualTo(SQLExceptionOverride.Override.MUST_EVICT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "23505", "55P03", "57014" })
	void keepsConnectionsThatAreStillOfUse(String state) {
		assertThat(new ThrownAwayConnections().adjudicate(new SQLException("no", state)))
			.isEqualTo(SQLExceptionOverride.Override.CONTINUE_EVICT);
	}

	@Test
	void keepsAConnectionThatHasNoState() {
		assertThat(new ThrownAwayConnections().adjudicate(new SQLException("no")))
			.isEqualTo(SQLExceptionOverride.Override.CONTINUE_EVICT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P01" })
	void knowsALostConnectionByItsState(String state) {
		var atCommit = new TransactionSystemException("JDBC commit failed",
				new SQLException("This connection has been closed", state));

		assertThat(Failure.isOutage(atCommit)).isTrue();
	}

	@Test
	void knowsAConnectionThatThePoolHasClosedBeforeTheRollback() {
		var atRollback = new TransactionSystemException("JDBC rollback failed",
				new SQLException("Connection is closed"));

		assertThat(Failure.isOutage(atRollback)).isTrue();
	}

	@Test
	void takesNoOtherErrorOfTheDatabaseForALostConnection() {
		assertThat(Failure.isOutage(new UncategorizedSQLException("update", "update …",
				new SQLException("ERROR: value too long", "22001"))))
			.isFalse();
		assertThat(
				Failure.isOutage(new UncategorizedSQLException("update", "update …", new SQLException("nobody knows"))))
			.isFalse();
		assertThat(Failure.isOutage(new TransactionSystemException("JDBC commit failed",
				new SQLException("ERROR: duplicate key", "23505"))))
			.isFalse();
	}

	@Test
	void takesARollbackThatFailsForAnOutage() {
		assertThat(Failure.isOutage(new TransactionSystemException("Could not roll back"))).isTrue();
	}

}
