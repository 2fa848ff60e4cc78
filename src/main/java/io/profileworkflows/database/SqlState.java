package io.profileworkflows.database;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the SQLSTATE of an error says of it. This is the one table of the service: for
 * statements of JDBC and of JPA, for requests, for work and for the pool. PostgreSQL
 * lists all states in its appendix A, "Error Codes".
 */
enum SqlState {

	/**
	 * The database cannot do now what it can do at another time. A caller gets a 503,
	 * work does not count it as a failure, and an answer of AWS is kept until it is
	 * written.
	 */
	OUTAGE,

	/** The statement, or what it was given, is wrong at any time. */
	BUG;

	static final String LOCK_NOT_AVAILABLE = "55P03";

	private static final Pattern OF_OUTAGES = Pattern.compile(String.join("|",
			// the connection is lost; there is no room for more; it stops; its system
			// failed
			"08...", "53...", "57...", "58...",
			// another transaction was in the way; a lock was not free in time
			"40...", LOCK_NOT_AVAILABLE,
			// read-only, as after a switch of roles; a transaction took too long
			"25006", "25P03", "25P04",
			// when connecting: the login is refused, or the database is not there
			"28...", "3D..."));

	private static final Pattern OF_USELESS_CONNECTIONS = Pattern.compile("25006|25P03|57P0[1-5]");

	private static final int DEEPEST_CAUSE = 20;

	/**
	 * @param state five characters
	 */
	static SqlState of(String state) {
		return OF_OUTAGES.matcher(state).matches() ? OUTAGE : BUG;
	}

	/**
	 * What the state of an exception or of its causes says. Those without any, such as
	 * the pool's own, say nothing.
	 */
	static Optional<SqlState> in(Throwable failure) {
		return states(failure).findFirst().map(SqlState::of);
	}

	/** Those of an exception and of its causes. */
	static Stream<String> states(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.limit(DEEPEST_CAUSE)
			.filter(SQLException.class::isInstance)
			.map(cause -> ((SQLException) cause).getSQLState())
			.filter(Objects::nonNull);
	}

	/**
	 * Whether the connection that said so is of no more use, though it is not broken:
	 * such as one to a server that became a standby.
	 */
	static boolean isOfUselessConnection(String state) {
		return OF_USELESS_CONNECTIONS.matcher(state).matches();
	}

}
