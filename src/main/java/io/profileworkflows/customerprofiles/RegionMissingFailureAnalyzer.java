package io.profileworkflows.customerprofiles;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Spares operators who start the service a stack trace.
 */
class RegionMissingFailureAnalyzer extends AbstractFailureAnalyzer<RegionMissing> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RegionMissing cause) {
		return new FailureAnalysis(cause.getMessage(), null, cause);
	}

}
