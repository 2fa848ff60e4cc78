package io.profileworkflows.start;

import java.net.UnknownHostException;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Tells what kept the service from using its database, where that is not a fault of the
 * service.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DatabaseUnusableFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

	private final Environment environment;

	DatabaseUnusableFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
		var action = actionFor(cause);
		return (action != null) ? new FailureAnalysis(
				"The database %s cannot be used: %s".formatted(
						DatabasePrerequisite.withoutSecrets(DatabasePrerequisite.of(environment)), reasonOf(cause)),
				action, cause) : null;
	}

	private String reasonOf(SQLException failure) {
		return (failure.getCause() instanceof UnknownHostException unknown)
				? "its host %s is not known".formatted(unknown.getMessage()) : String.valueOf(failure.getMessage());
	}

	private @Nullable String actionFor(SQLException failure) {
		var state = failure.getSQLState();
		if (state == null) {
			return null;
		}
		return switch (state) {
			case "08001" -> "Start it, or correct SPRING_DATASOURCE_URL.";
			case "28P01" -> "Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.";
			case "08004", "28000" -> "Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, or whom the "
					+ "server lets in (pg_hba.conf).";
			case "3D000" -> "Create the database, or correct SPRING_DATASOURCE_URL.";
			case "42501" -> "Let the user of SPRING_DATASOURCE_USERNAME create tables there, best as the owner of the "
					+ "database: alter database … owner to …";
			case "53300" -> "Raise max_connections of PostgreSQL, or set SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE to "
					+ "less than the default of 20.";
			case "57P03" -> "Wait until it has started.";
			default -> null;
		};
	}

}
