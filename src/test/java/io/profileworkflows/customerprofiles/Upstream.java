package io.profileworkflows.customerprofiles;

import java.net.URI;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The port, wired to an endpoint of a test.
 */
public final class Upstream implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	static final Quota UNLIMITED = new Quota() {

		@Override
		public boolean pass(Operation operation, Priority priority, Duration patience) {
			return true;
		}

		@Override
		public void throttled(Operation operation, @Nullable Duration retryAfter) {
		}

	};

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Clients clients;

	private final UpstreamSettings settings;

	private final Quota quota;

	private CustomerProfiles customerProfiles;

	private ProfileResources domains;

	private Upstream(URI endpoint, Duration callTimeout, AwsCredentialsProvider credentials, Quota quota) {
		this.settings = new UpstreamSettings(callTimeout, 5, Duration.ofMillis(1));
		this.quota = quota;
		this.clients = new Clients(settings, Region.EU_CENTRAL_1, credentials, endpoint);
		forget();
	}

	/** Begins with new measures, and with circuits that know of no failure. */
	void forget() {
		meters.clear();
		var calls = new UpstreamCalls(meters, new CallWatch(meters, Tracer.NOOP), quota, settings);
		this.customerProfiles = new CustomerProfiles(clients, settings, calls);
		this.domains = new ProfileResources(clients, calls);
	}

	static Upstream at(URI endpoint) {
		return at(endpoint, PATIENCE);
	}

	static Upstream at(URI endpoint, Duration callTimeout) {
		return at(endpoint, callTimeout,
				StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
	}

	static Upstream at(URI endpoint, Duration callTimeout, AwsCredentialsProvider credentials) {
		return new Upstream(endpoint, callTimeout, credentials, UNLIMITED);
	}

	static Upstream at(URI endpoint, Quota quota) {
		return new Upstream(endpoint, PATIENCE,
				StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")), quota);
	}

	/** For ports that make calls of their own. */
	public static UpstreamCalls callsWithoutQuota() {
		var meters = new SimpleMeterRegistry();
		return new UpstreamCalls(meters, new CallWatch(meters, Tracer.NOOP), UNLIMITED,
				new UpstreamSettings(PATIENCE, 5, Duration.ofMillis(1)));
	}

	CustomerProfiles customerProfiles() {
		return customerProfiles;
	}

	ProfileResources domains() {
		return domains;
	}

	CreateOutcome create(String flowName) {
		return customerProfiles.create(Requests.named(flowName), Deadline.in(PATIENCE), Departure.atOnce());
	}

	long measured(String operation, String outcome) {
		var timer = meters.find("upstream.calls").tags("operation", operation, "outcome", outcome).timer();
		return (timer != null) ? timer.count() : 0;
	}

	@Override
	public void close() {
		clients.close();
	}

}
