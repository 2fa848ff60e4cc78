package io.profileworkflows.submission;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class LeaseTooShortFailureAnalyzer extends AbstractFailureAnalyzer<LeaseTooShort> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LeaseTooShort cause) {
		return new FailureAnalysis(cause.getMessage(), "Set a longer lease or a shorter call timeout.", cause);
	}

}
