package io.profileworkflows.customerprofiles;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.customerprofiles.CustomerProfilesAsyncClient;

/**
 * One client for each purpose, so that none waits for the connections of another, and so
 * that a create can never be repeated by the SDK.
 */
class Clients implements AutoCloseable {

	private static final int READ_ATTEMPTS = 3;

	private static final int LOOK_ATTEMPTS = 2;

	static final int MAX_CONCURRENCY = 32;

	/**
	 * Short, since a connection that the other side is just closing would cost a create
	 * an uncertain outcome.
	 */
	private static final Duration MAX_IDLE = Duration.ofSeconds(5);

	private final Region region;

	private final OwnCredentials credentials;

	private final @Nullable URI endpoint;

	private final UpstreamSettings settings;

	private final List<ExecutionInterceptor> watchers;

	private final CustomerProfilesAsyncClient creating;

	private final CustomerProfilesAsyncClient reading;

	private final CustomerProfilesAsyncClient deleting;

	private final CustomerProfilesAsyncClient looking;

	/**
	 * Makes them all.
	 * @param endpoint null for the one that AWS's own variables or the Region name
	 */
	Clients(UpstreamSettings settings, Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint,
			ExecutionInterceptor... watchers) {
		this.settings = settings;
		this.watchers = List.of(watchers);
		this.region = region;
		this.credentials = OwnCredentials.of(credentials);
		this.endpoint = endpoint;
		// its caller waits for the answer, so no thread between the two has to be woken
		this.creating = client(AwsRetryStrategy.doNotRetry(), settings.callTimeout(), Runnable::run);
		this.reading = repeatable(READ_ATTEMPTS);
		// a second one may be refused while the first is carried out
		this.deleting = client(AwsRetryStrategy.doNotRetry(), settings.callTimeout());
		this.looking = repeatable(LOOK_ATTEMPTS);
	}

	CustomerProfilesAsyncClient creating() {
		return creating;
	}

	CustomerProfilesAsyncClient reading() {
		return reading;
	}

	CustomerProfilesAsyncClient deleting() {
		return deleting;
	}

	CustomerProfilesAsyncClient looking() {
		return looking;
	}

	private CustomerProfilesAsyncClient repeatable(int attempts) {
		var standard = AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build();
		return client(standard, settings.callTimeout().dividedBy(attempts));
	}

	private CustomerProfilesAsyncClient client(RetryStrategy retries, Duration attemptTimeout) {
		return client(retries, attemptTimeout, null);
	}

	/**
	 * @param completing null for the SDK's own threads, on which interceptors may use the
	 * database
	 */
	private CustomerProfilesAsyncClient client(RetryStrategy retries, Duration attemptTimeout,
			@Nullable Executor completing) {
		var builder = CustomerProfilesAsyncClient.builder()
			.region(region)
			.credentialsProvider(credentials)
			.httpClientBuilder(GuardedHttpClient.around(httpClient()))
			.overrideConfiguration(configuration -> configuration.retryStrategy(retries)
				.apiCallTimeout(settings.callTimeout())
				.apiCallAttemptTimeout(attemptTimeout)
				.putHeader(CustomerProfiles.HOP_HEADER, "1")
				.addExecutionInterceptor(new Transmission.Check()));
		builder.overrideConfiguration(builder.overrideConfiguration()
			.copy(configuration -> watchers.forEach(configuration::addExecutionInterceptor)));
		if (completing != null) {
			builder.asyncConfiguration(
					async -> async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, completing));
		}
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	/**
	 * Read and write timeouts are those of the call, which ends first.
	 */
	private NettyNioAsyncHttpClient.Builder httpClient() {
		return NettyNioAsyncHttpClient.builder()
			.maxConcurrency(MAX_CONCURRENCY)
			.connectionTimeout(Duration.ofSeconds(2))
			.tlsNegotiationTimeout(Duration.ofSeconds(5))
			.connectionAcquisitionTimeout(Duration.ofSeconds(8))
			.connectionMaxIdleTime(MAX_IDLE)
			.readTimeout(settings.callTimeout().plusSeconds(1))
			.writeTimeout(settings.callTimeout().plusSeconds(1));
	}

	@Override
	public void close() {
		creating.close();
		reading.close();
		deleting.close();
		looking.close();
		credentials.close();
	}

}
