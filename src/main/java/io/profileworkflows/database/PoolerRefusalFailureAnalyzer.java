package io.profileworkflows.database;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * What PgBouncer refuses by itself, without asking PostgreSQL.
 */
class PoolerRefusalFailureAnalyzer extends AbstractFailureAnalyzer<PSQLException> {

	private static final String PARAMETER = "unsupported startup parameter: ";

	private static final String STATEMENT_MODE = "statement pooling mode";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PSQLException cause) {
		var message = Objects.requireNonNullElse(cause.getMessage(), "");
		var parameter = message.indexOf(PARAMETER);
		if (parameter >= 0) {
			return new FailureAnalysis(
					"PgBouncer does not let a client set " + message.substring(parameter + PARAMETER.length()),
					"Set ignore_startup_parameters = extra_float_digits in pgbouncer.ini, and add to it whatever else is named here.",
					cause);
		}
		if (message.contains(STATEMENT_MODE)) {
			return new FailureAnalysis("PgBouncer gives each statement another session of PostgreSQL",
					"Set pool_mode to session or transaction in pgbouncer.ini.", cause);
		}
		return null;
	}

}
