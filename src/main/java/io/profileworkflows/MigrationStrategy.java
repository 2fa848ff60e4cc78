package io.profileworkflows;

import java.util.Properties;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.postgresql.PGProperty;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;

/**
 * Migrates on connections of its own. Those of the pool end what takes long, and a
 * migration may take long.
 */
@Component
class MigrationStrategy implements FlywayMigrationStrategy {

	private static final String APPLICATION_NAME = "profile-workflows migration";

	private final ObjectProvider<JdbcConnectionDetails> database;

	private final DataSource pool;

	MigrationStrategy(ObjectProvider<JdbcConnectionDetails> database, DataSource pool) {
		this.database = database;
		this.pool = pool;
	}

	@Override
	public void migrate(Flyway flyway) {
		var own = database.getIfAvailable();
		if (own == null || flyway.getConfiguration().getDataSource() != pool) {
			// it has connections of its own already, such as those of spring.flyway.user
			flyway.migrate();
			return;
		}
		Flyway.configure().configuration(flyway.getConfiguration()).dataSource(connections(own)).load().migrate();
	}

	private static DataSource connections(JdbcConnectionDetails database) {
		var properties = new Properties();
		PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		// values of rows must not get into logs
		PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
		var connections = new DriverManagerDataSource(database.getJdbcUrl(), properties);
		connections.setUsername(database.getUsername());
		connections.setPassword(database.getPassword());
		return connections;
	}

}
