package io.profileworkflows.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.start.CannotStart;

/**
 * A release of PostgreSQL. All that its community supports are supported here; on each,
 * every statement was tried.
 */
record ServerVersion(int major, int minor) {

	private static final int OLDEST = 15;

	private static final int LATEST = 18;

	static ServerVersion of(Connection connection) throws SQLException {
		var server = connection.getMetaData();
		return new ServerVersion(server.getDatabaseMajorVersion(), server.getDatabaseMinorVersion());
	}

	/**
	 * @throws CannotStart if the service was not tried on it
	 */
	void require() {
		if (major < OLDEST || major > LATEST) {
			throw new CannotStart(
					"The database is PostgreSQL %s.%s, and this version of the service needs PostgreSQL %s or %s"
						.formatted(major, minor,
								IntStream.range(OLDEST, LATEST)
									.mapToObj(Integer::toString)
									.collect(Collectors.joining(", ")),
								LATEST),
					"Use a PostgreSQL of one of these versions.");
		}
	}

}
