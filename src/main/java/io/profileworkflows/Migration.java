package io.profileworkflows;

import io.profileworkflows.database.DatabaseCheck;
import io.profileworkflows.start.Prerequisites;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Migrates the database and ends, for those who want that done before the first replica
 * of a release starts. It has the settings of the service and nothing else of it.
 */
@Import({ DatabaseCheck.class, MigrationStrategy.class })
@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
final class Migration {

	/** The first argument of a process that does this instead of serving. */
	static final String COMMAND = "migrate";

	private static final Logger log = LoggerFactory.getLogger(Migration.class);

	private Migration() {
	}

	/**
	 * Fails with what failed; a process that lets the exception through exits with 1.
	 */
	static void run(String... args) {
		var migration = new SpringApplicationBuilder(Migration.class).web(WebApplicationType.NONE)
			.initializers(Prerequisites.ofMigration())
			.properties("spring.datasource.hikari.minimum-idle=0");
		try (var context = migration.run(args)) {
			var version = context.getBean(Flyway.class).info().current().getVersion();
			log.info("The database is at version {}", version);
		}
	}

}
