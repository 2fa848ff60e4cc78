package io.profileworkflows.appflow;

import java.net.URI;
import java.time.Duration;

import io.profileworkflows.customerprofiles.Upstream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Ports to AppFlow at an address, without a budget.
 */
public final class AppFlows {

	private AppFlows() {
	}

	public static AppFlow at(URI endpoint) {
		return new AppFlow(new AppFlowClient("eu-central-1",
				StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")),
				Duration.ofSeconds(20), endpoint), Upstream.callsWithoutQuota());
	}

}
