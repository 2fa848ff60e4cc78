package io.profileworkflows.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class AccessKeysUnusableFailureAnalyzer extends AbstractFailureAnalyzer<AccessKeysUnusable> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AccessKeysUnusable cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Correct profile-workflows.security.access-keys, or the file that "
						+ "profile-workflows.security.access-keys-file names. Each key has access-key-id, "
						+ "secret-access-key, client, roles and domains.",
				cause);
	}

}
