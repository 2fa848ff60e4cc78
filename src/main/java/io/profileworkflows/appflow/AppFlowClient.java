package io.profileworkflows.appflow;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.profileworkflows.customerprofiles.CustomerProfiles;
import io.profileworkflows.customerprofiles.OwnCredentials;
import io.profileworkflows.deployment.Deployment;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.appflow.AppflowAsyncClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The SDK's client, made when it is first needed. It repeats nothing: the budget counts
 * calls, and the next sweep comes soon. Its endpoint comes from AWS's own variables.
 */
@Component
class AppFlowClient implements AutoCloseable {

	private static final int MAX_CONCURRENCY = 8;

	private final String region;

	private final OwnCredentials credentials;

	private final Duration timeout;

	private final @Nullable URI endpoint;

	private @Nullable AppflowAsyncClient client;

	@Autowired
	AppFlowClient(Deployment deployment, OwnCredentials credentials, CustomerProfiles customerProfiles) {
		this(deployment.region(), credentials, customerProfiles.callTimeout(), null);
	}

	/**
	 * For one endpoint.
	 * @param endpoint null for the one that AWS's own variables or the Region name
	 */
	AppFlowClient(String region, AwsCredentialsProvider credentials, Duration timeout, @Nullable URI endpoint) {
		this.region = region;
		this.credentials = OwnCredentials.of(credentials);
		this.timeout = timeout;
		this.endpoint = endpoint;
	}

	/** Most time one call may take. */
	Duration timeout() {
		return timeout;
	}

	synchronized AppflowAsyncClient get() {
		if (client == null) {
			client = open();
		}
		return Objects.requireNonNull(client);
	}

	private AppflowAsyncClient open() {
		var builder = AppflowAsyncClient.builder()
			.region(Region.of(region))
			.credentialsProvider(credentials)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder()
				.maxConcurrency(MAX_CONCURRENCY)
				.connectionTimeout(Duration.ofSeconds(2))
				.tlsNegotiationTimeout(Duration.ofSeconds(5))
				.connectionAcquisitionTimeout(Duration.ofSeconds(8))
				.readTimeout(timeout.plusSeconds(1))
				.writeTimeout(timeout.plusSeconds(1)))
			.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry())
				.apiCallTimeout(timeout)
				.apiCallAttemptTimeout(timeout)
				.putHeader(CustomerProfiles.HOP_HEADER, "1"));
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	@Override
	public synchronized void close() {
		if (client != null) {
			client.close();
		}
	}

}
