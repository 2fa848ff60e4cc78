package io.profileworkflows.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SettingsMissingFailureAnalyzer extends AbstractFailureAnalyzer<SettingsMissing> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SettingsMissing cause) {
		return new FailureAnalysis(cause.getMessage(), """
				Set them as variables of the environment, or as properties of the same name.

				A first try needs none of them: with the sources, ./mvnw spring-boot:test-run brings a database and a \
				simulated AWS.""", cause);
	}

}
