package io.profileworkflows.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.profileworkflows.deployment.Deployment;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * {@code openapi.yaml}. Its examples get the account and Region of this deployment, so
 * that they work when pasted.
 */
@Component
class ApiDocument {

	private static final String ACCOUNT_IN_FILE = "123456789012";

	private static final String REGION_IN_FILE = "eu-central-1";

	private final Deployment deployment;

	ApiDocument(Deployment deployment) {
		this.deployment = deployment;
	}

	String text() {
		try {
			return new ClassPathResource("openapi.yaml").getContentAsString(StandardCharsets.UTF_8)
				.replace(ACCOUNT_IN_FILE, deployment.accountId())
				.replace(REGION_IN_FILE, deployment.region());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
