package io.profileworkflows.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;

import io.profileworkflows.database.RoundTrip;
import io.profileworkflows.pauses.Pauses;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether new creates may be sent at all: not while an operator has paused them, too much
 * is unresolved, or a restore of the database is being recovered from.
 */
@Repository
class Gate {

	private static final String STATE = """
			select (%s) as unresolved,
			  exists (select from submission_recovery where ended_at is null) as recovering,
			  array(select domain_name from submission_pause) as paused
			""".formatted(Attempts.COUNT_UNRESOLVED);

	private final JdbcClient jdbc;

	private final SubmissionSettings settings;

	Gate(JdbcClient jdbc, SubmissionSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	/**
	 * What a process left behind when it died is not counted until another one has taken
	 * it over, which the gate must not prevent.
	 */
	Supplier<State> state(RoundTrip trip) {
		var states = trip.query(STATE, new MapSqlParameterSource(), this::read);
		return () -> states.get().getFirst();
	}

	State state() {
		return jdbc.sql(STATE).query(this::read).single();
	}

	/**
	 * Ends a recovery when nothing is uncertain any more.
	 * @return whether it ended now
	 */
	boolean endRecovery() {
		return jdbc.sql("""
				update submission_recovery set ended_at = clock_timestamp()
				where ended_at is null and not exists (select from workflow where phase = 'UNCONFIRMED')
				""").update() > 0;
	}

	private State read(ResultSet row, int number) throws SQLException {
		return new State(row.getLong("unresolved") >= settings.maxUnresolved(), row.getBoolean("recovering"),
				Set.of((String[]) row.getArray("paused").getArray()));
	}

	/**
	 * @param paused domains to which nothing is sent
	 */
	record State(boolean tooMuchUnresolved, boolean recovering, Set<String> paused) {

		boolean isShut() {
			return tooMuchUnresolved || recovering || paused.contains(Pauses.EVERYWHERE);
		}

	}

}
