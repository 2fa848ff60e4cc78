package io.profileworkflows.customerprofiles;

import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Region, credentials and endpoint come from AWS's own variables and properties, so that
 * its ways to hand them to a container just work.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamClients {

	@Bean
	OwnCredentials ownCredentials() {
		return OwnCredentials.of(DefaultCredentialsProvider.builder().build());
	}

	@Bean
	Clients clients(UpstreamSettings settings, OwnCredentials credentials, Repetitions repetitions) {
		return new Clients(settings, region(), credentials, null, repetitions);
	}

	static Region region() {
		try {
			return DefaultAwsRegionProviderChain.builder().build().getRegion();
		}
		catch (SdkClientException unknown) {
			throw new RegionMissing(unknown);
		}
	}

}
