package io.profileworkflows.customerprofiles;

import io.profileworkflows.deployment.Deployment;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Credentials and endpoint come from AWS's own variables and properties, so that its ways
 * to hand them to a container just work.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamClients {

	@Bean
	OwnCredentials ownCredentials() {
		return OwnCredentials.of(DefaultCredentialsProvider.builder().build());
	}

	@Bean
	Clients clients(UpstreamSettings settings, Deployment deployment, OwnCredentials credentials,
			Repetitions repetitions) {
		return new Clients(settings, Region.of(deployment.region()), credentials, null, repetitions);
	}

}
