package io.profileworkflows.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * What the sessions of PostgreSQL behind two connections are good for. A pooler may give
 * a connection another one for each transaction: then what belongs to a session is lost,
 * and others find it.
 * <p>
 * Tries it out, since no pooler tells. Transactions are begun and ended by statements of
 * our own: those of the driver are prepared.
 */
class Sessions {

	private static final String BACKEND = "select pg_backend_pid()";

	private static final String CHANNEL = "profile_workflows_start";

	/** More than one, since others may use the pooler at the same time. */
	private static final int ROUNDS = 5;

	private static final Duration HEARD_WITHIN = Duration.ofSeconds(2);

	/** There is none of that name, one already, or one with other parameters. */
	private static final Set<String> NOT_OURS = Set.of("26000", "42P05", "08P01");

	private final PgConnection one;

	private final PgConnection other;

	/** Looks at what the pool has got, which would tell of each failure in the log. */
	Sessions(Connection one, Connection other) throws SQLException {
		this.one = one.unwrap(PgConnection.class);
		this.other = other.unwrap(PgConnection.class);
	}

	/**
	 * Whether the next transaction of a connection may be in another session. The other
	 * connection takes the session that was used last, if it can be taken.
	 */
	boolean lastForATransaction() throws SQLException {
		for (var round = 0; round < ROUNDS; round++) {
			var before = backend(one);
			execute(other, "begin");
			try {
				if (backend(other) == before || backend(one) != before) {
					return true;
				}
			}
			finally {
				execute(other, "rollback");
			}
		}
		return false;
	}

	/**
	 * Whether a statement that the driver has prepared is missing in a later transaction.
	 * Not so if the driver prepares none, or if the pooler knows them and prepares them
	 * again.
	 */
	boolean losePreparedStatements() throws SQLException {
		if (!preparesStatements()) {
			return false;
		}
		try (var statement = one.prepareStatement(BACKEND)) {
			statement.unwrap(PGStatement.class).setPrepareThreshold(1);
			for (var round = 0; round < ROUNDS; round++) {
				executeInATransaction(statement);
				execute(other, "begin");
				try {
					backend(other);
					executeInATransaction(statement);
				}
				finally {
					execute(other, "rollback");
				}
			}
			return false;
		}
		catch (SQLException failure) {
			if (NOT_OURS.contains(failure.getSQLState())) {
				return true;
			}
			throw failure;
		}
	}

	private boolean preparesStatements() {
		return one.getPrepareThreshold() != 0 && one.getPreferQueryMode() != PreferQueryMode.SIMPLE;
	}

	/** Within one, the driver does not prepare again what is missing. */
	private void executeInATransaction(PreparedStatement statement) throws SQLException {
		execute(one, "begin");
		try {
			statement.executeQuery().close();
		}
		finally {
			execute(one, "rollback");
		}
	}

	/** Whether a connection that listens does not hear what the other one tells. */
	boolean loseNotifications() throws SQLException {
		var word = UUID.randomUUID().toString();
		execute(one, "listen " + CHANNEL);
		execute(other, "notify %s, '%s'".formatted(CHANNEL, word));
		var isHeard = hears(word);
		execute(one, "unlisten " + CHANNEL);
		return !isHeard;
	}

	/** Other replicas that start may tell something, too. */
	private boolean hears(String word) throws SQLException {
		var begin = System.nanoTime();
		for (var left = HEARD_WITHIN; left.toMillis() > 0; left = HEARD_WITHIN.minusNanos(System.nanoTime() - begin)) {
			var heard = one.getNotifications((int) left.toMillis());
			if (heard != null && Arrays.stream(heard).anyMatch(told -> told.getParameter().equals(word))) {
				return true;
			}
		}
		return false;
	}

	private static int backend(PgConnection connection) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.unwrap(PGStatement.class).setPrepareThreshold(0);
			try (var row = statement.executeQuery(BACKEND)) {
				row.next();
				return row.getInt(1);
			}
		}
	}

	private static void execute(PgConnection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.unwrap(PGStatement.class).setPrepareThreshold(0);
			statement.execute(sql);
		}
	}

}
