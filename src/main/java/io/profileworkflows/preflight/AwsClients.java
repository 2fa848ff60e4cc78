package io.profileworkflows.preflight;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.profileworkflows.customerprofiles.OwnCredentials;
import io.profileworkflows.deployment.Deployment;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Clients for what requests name outside of Customer Profiles, each made when it is first
 * needed. Their endpoints come from AWS's own variables.
 */
@Component
class AwsClients implements AutoCloseable {

	private static final int ATTEMPTS = 2;

	/** Few, since others in the account share AWS's limits. */
	private static final int MAX_CONCURRENCY = 8;

	private final Map<Class<?>, SdkAutoCloseable> clients = new ConcurrentHashMap<>();

	private final Deployment deployment;

	private final OwnCredentials credentials;

	private final Duration timeout;

	private final @Nullable URI endpoint;

	@Autowired
	AwsClients(Deployment deployment, OwnCredentials credentials, PreflightSettings settings) {
		this(deployment, credentials, settings, null);
	}

	/**
	 * For one endpoint of all.
	 * @param endpoint null for those that AWS's own variables or the Region name
	 */
	AwsClients(Deployment deployment, AwsCredentialsProvider credentials, PreflightSettings settings,
			@Nullable URI endpoint) {
		this.deployment = deployment;
		this.credentials = OwnCredentials.of(credentials);
		this.timeout = settings.timeLimit();
		this.endpoint = endpoint;
	}

	/**
	 * IAM is in no Region. Asked for this one, the SDK finds the one endpoint that serves
	 * them all, and signs for it as it must, at another endpoint, too.
	 */
	IamAsyncClient iam() {
		return open(IamAsyncClient.class, () -> usual(IamAsyncClient.builder()).region(Region.US_EAST_1).build());
	}

	KmsAsyncClient kms() {
		return open(KmsAsyncClient.class, () -> usual(KmsAsyncClient.builder()).build());
	}

	/**
	 * Emulators are seldom found under a host name for each bucket. Whether there is one
	 * only a client knows.
	 */
	S3AsyncClient s3() {
		return open(S3AsyncClient.class, () -> {
			var client = s3(false);
			if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
				return client;
			}
			client.close();
			return s3(true);
		});
	}

	private S3AsyncClient s3(boolean pathStyle) {
		S3AsyncClientBuilder builder = usual(S3AsyncClient.builder());
		return builder.forcePathStyle(pathStyle).disableS3ExpressSessionAuth(true).build();
	}

	private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> B usual(B builder) {
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.region(Region.of(deployment.region()))
			.credentialsProvider(credentials)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder()
				.maxConcurrency(MAX_CONCURRENCY)
				.connectionTimeout(connectedWithin())
				.tlsNegotiationTimeout(connectedWithin())
				.connectionAcquisitionTimeout(connectedWithin())
				.readTimeout(timeout)
				.writeTimeout(timeout))
			.overrideConfiguration(configuration -> configuration
				.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
				.apiCallTimeout(timeout)
				.apiCallAttemptTimeout(timeout));
	}

	/**
	 * So short that a second attempt fits into the limit: now and then the SDK does not
	 * notice that a connection was refused.
	 */
	private Duration connectedWithin() {
		return timeout.multipliedBy(2).dividedBy(5);
	}

	private <C extends SdkAutoCloseable> C open(Class<C> type, Supplier<C> client) {
		return type.cast(clients.computeIfAbsent(type, _ -> client.get()));
	}

	@Override
	public void close() {
		clients.values().forEach(SdkAutoCloseable::close);
	}

}
