package io.profileworkflows.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import org.postgresql.PGProperty;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Opens a connection outside of the pool, for use that must not wait for the pool.
 */
public final class OwnConnection {

	private OwnConnection() {
	}

	/**
	 * @param name by which the database knows the connection
	 * @param seconds the longest wait for the connection, and then for each answer
	 */
	public static Connection open(JdbcConnectionDetails database, String name, int seconds) throws SQLException {
		var properties = new Properties();
		if (database.getUsername() != null) {
			PGProperty.USER.set(properties, database.getUsername());
		}
		if (database.getPassword() != null) {
			PGProperty.PASSWORD.set(properties, database.getPassword());
		}
		PGProperty.APPLICATION_NAME.set(properties, name);
		PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
		PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		return DriverManager.getConnection(database.getJdbcUrl(), properties);
	}

}
