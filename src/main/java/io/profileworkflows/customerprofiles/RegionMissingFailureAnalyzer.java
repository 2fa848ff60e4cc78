package io.profileworkflows.customerprofiles;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Spares whoever starts the service a stack trace.
 */
class RegionMissingFailureAnalyzer extends AbstractFailureAnalyzer<RegionMissing> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RegionMissing cause) {
		return new FailureAnalysis(cause.getMessage(), null, cause);
	}

}
