package io.profileworkflows.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NobodyCanAuthenticateFailureAnalyzer extends AbstractFailureAnalyzer<NobodyCanAuthenticate> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NobodyCanAuthenticate cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Set spring.security.oauth2.resourceserver.jwt.issuer-uri (or jwk-set-uri) to accept bearer tokens, "
						+ "profile-workflows.security.access-keys or access-keys-file to accept signed requests, "
						+ "or profile-workflows.security.enabled=false where nobody else can reach the service.",
				cause);
	}

}
