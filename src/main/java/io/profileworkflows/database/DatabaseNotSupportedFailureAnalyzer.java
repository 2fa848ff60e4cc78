package io.profileworkflows.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DatabaseNotSupportedFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseNotSupported> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DatabaseNotSupported cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

}
