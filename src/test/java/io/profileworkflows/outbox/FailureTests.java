package io.profileworkflows.outbox;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

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

}
