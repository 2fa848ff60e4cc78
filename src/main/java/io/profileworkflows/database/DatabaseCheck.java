package io.profileworkflows.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;

import javax.sql.DataSource;

import io.profileworkflows.start.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Ends the start if the service would fail later: on a version of PostgreSQL whose
 * statements differ, or behind a pooler that is not set up for it. Behind such a pooler,
 * even commits that the driver reports can be lost.
 */
@Component
public class DatabaseCheck implements InitializingBean {

	private static final Logger log = LoggerFactory.getLogger(DatabaseCheck.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final DataSource dataSource;

	private final boolean listens;

	DatabaseCheck(DataSource dataSource, Environment environment) {
		this.dataSource = dataSource;
		this.listens = environment.getProperty("profile-workflows.outbox.listen", Boolean.class, false);
	}

	/**
	 * @throws CannotStart if the service would not work
	 */
	@Override
	public void afterPropertiesSet() {
		try (var connection = connect()) {
			ServerVersion.of(connection).require();
			requireSessions(connection);
		}
		catch (SQLException failure) {
			throw new CannotGetJdbcConnectionException("The database could not be asked what it is", failure);
		}
	}

	private void requireSessions(Connection connection) throws SQLException {
		try (var other = connect()) {
			var sessions = new Sessions(connection, other);
			if (sessions.lastForATransaction()) {
				requireSettings(sessions);
			}
		}
		catch (SQLTransientConnectionException failure) {
			log.warn(
					"Whether there is a pooler before the database was not looked at, for lack of a second connection: {}",
					failure.getMessage());
		}
	}

	private void requireSettings(Sessions sessions) throws SQLException {
		var settings = new ArrayList<String>();
		if (sessions.losePreparedStatements()) {
			settings.add("add prepareThreshold=0 to the parameters of spring.datasource.url (SPRING_DATASOURCE_URL), "
					+ "or set max_prepared_statements of PgBouncer 1.21 or newer");
		}
		if (listens && sessions.loseNotifications()) {
			settings.add("set profile-workflows.outbox.listen (PROFILEWORKFLOWS_OUTBOX_LISTEN) to false");
		}
		if (!settings.isEmpty()) {
			throw new CannotStart(
					"The pooler before PostgreSQL gives each transaction another session, and the service is not set up for that",
					"Either %s; or let the pooler keep a session for each connection, as PgBouncer's pool_mode = session does."
						.formatted(String.join("; and ", settings)));
		}
	}

	private Connection connect() throws SQLException {
		var connection = dataSource.getConnection();
		// the pool sets it back
		connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
		return connection;
	}

}
