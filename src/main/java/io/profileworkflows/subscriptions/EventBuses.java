package io.profileworkflows.subscriptions;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.profileworkflows.customerprofiles.CredentialsUnavailable;
import io.profileworkflows.customerprofiles.OwnCredentials;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Puts events on event buses of EventBridge, ten at once. One that was refused goes alone
 * the next time, so that it does not hold back others.
 */
class EventBuses implements AutoCloseable {

	/** AWS's own limits of one call. */
	static final int MOST_AT_ONCE = 10;

	private static final int MOST_BYTES = 256 * 1024;

	private static final String SOURCE = "profile-workflows";

	private final Map<String, EventBridgeAsyncClient> clients = new ConcurrentHashMap<>();

	private final OwnCredentials credentials;

	private final @Nullable URI endpoint;

	private final Duration timeout;

	private final EventBody bodies;

	/**
	 * @param endpoint null for AWS's own, or what its variables say
	 */
	EventBuses(OwnCredentials credentials, @Nullable URI endpoint, Duration timeout, EventBody bodies) {
		this.credentials = credentials;
		this.endpoint = endpoint;
		this.timeout = timeout;
		this.bodies = bodies;
	}

	Map<DueDelivery, DeliveryAnswer> put(Subscription subscription, List<DueDelivery> dues) {
		var answers = new LinkedHashMap<DueDelivery, DeliveryAnswer>();
		var client = clients.computeIfAbsent(TargetUrl.regionOf(subscription.url()), this::client);
		for (var batch : batches(subscription, dues)) {
			put(client, subscription, batch, answers);
		}
		return answers;
	}

	private List<List<DueDelivery>> batches(Subscription subscription, List<DueDelivery> dues) {
		var batches = new ArrayList<List<DueDelivery>>();
		var open = new ArrayList<DueDelivery>();
		var bytes = 0;
		for (var due : dues) {
			if (due.attempts() > 0) {
				batches.add(List.of(due));
				continue;
			}
			var size = bodies.withId(subscription, due).getBytes(StandardCharsets.UTF_8).length + 512;
			if (!open.isEmpty() && (open.size() == MOST_AT_ONCE || bytes + size > MOST_BYTES)) {
				batches.add(List.copyOf(open));
				open.clear();
				bytes = 0;
			}
			open.add(due);
			bytes += size;
		}
		if (!open.isEmpty()) {
			batches.add(open);
		}
		return batches;
	}

	private void put(EventBridgeAsyncClient client, Subscription subscription, List<DueDelivery> batch,
			Map<DueDelivery, DeliveryAnswer> answers) {
		var begin = System.nanoTime();
		try {
			var entries = batch.stream().map(due -> entry(subscription, due)).toList();
			var answer = client.putEvents(call -> call.entries(entries)).join();
			var took = Duration.ofNanos(System.nanoTime() - begin);
			for (int number = 0; number < batch.size(); number++) {
				answers.put(batch.get(number), answerOf(answer, number, took));
			}
		}
		catch (CompletionException | SdkException failure) {
			var failed = failed(failure, Duration.ofNanos(System.nanoTime() - begin));
			batch.forEach(due -> answers.put(due, failed));
		}
	}

	private PutEventsRequestEntry entry(Subscription subscription, DueDelivery due) {
		return PutEventsRequestEntry.builder()
			.eventBusName(subscription.url())
			.source(SOURCE)
			.detailType(due.type())
			.time(due.at())
			.resources(bodies.source(subscription, due))
			.detail(bodies.withId(subscription, due))
			.build();
	}

	private static DeliveryAnswer answerOf(PutEventsResponse answer, int number, Duration took) {
		if (!answer.hasEntries() || answer.entries().size() <= number) {
			return DeliveryAnswer.failed("EventBridge did not answer for this event", took);
		}
		PutEventsResultEntry entry = answer.entries().get(number);
		if (entry.errorCode() == null) {
			return new DeliveryAnswer(200, "EventId " + entry.eventId(), null, null, took);
		}
		return new DeliveryAnswer(200, beginning(entry.errorMessage()), "EventBridge refused it: " + entry.errorCode(),
				null, took);
	}

	private static DeliveryAnswer failed(RuntimeException failure, Duration took) {
		if (Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
			.anyMatch(CredentialsUnavailable.class::isInstance)) {
			return DeliveryAnswer.notSent("the service has no credentials for AWS; an operator has to mend that");
		}
		var cause = (failure.getCause() != null) ? failure.getCause() : failure;
		if (cause instanceof AwsServiceException refused) {
			var details = refused.awsErrorDetails();
			var code = (details != null) ? details.errorCode() : "unknown";
			return new DeliveryAnswer(refused.statusCode(),
					(details != null) ? beginning(details.errorMessage()) : null,
					"EventBridge refused the call: " + code, null, took);
		}
		return DeliveryAnswer.failed("EventBridge gave no answer: " + cause.getClass().getSimpleName(), took);
	}

	private static String beginning(@Nullable String text) {
		var whole = Objects.requireNonNullElse(text, "");
		return whole.substring(0, Math.min(whole.length(), WebhookClient.MOST_OF_ANSWER)).replace('\0', '\ufffd');
	}

	private EventBridgeAsyncClient client(String region) {
		var builder = EventBridgeAsyncClient.builder()
			.region(Region.of(region))
			.credentialsProvider(credentials)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder().connectionTimeout(Duration.ofSeconds(2)))
			.overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry())
				.apiCallTimeout(timeout)
				.apiCallAttemptTimeout(timeout));
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	@Override
	public void close() {
		clients.values().forEach(EventBridgeAsyncClient::close);
	}

}
