package io.profileworkflows.subscriptions;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;

import io.profileworkflows.threads.PlatformThreads;

/**
 * Sends events to where subscriptions want them, some at the same time.
 */
class Targets implements AutoCloseable {

	private final WebhookClient client;

	private final EventBuses buses;

	private final EventBody bodies;

	private final Secrets secrets;

	private final Clock clock;

	private final ExecutorService threads;

	/**
	 * @param most deliveries of all subscriptions at the same time
	 */
	Targets(WebhookClient client, EventBuses buses, EventBody bodies, Secrets secrets, Clock clock, int most) {
		this.threads = PlatformThreads.pool("delivery", most, new SynchronousQueue<>(),
				new ThreadPoolExecutor.CallerRunsPolicy());
		this.client = client;
		this.buses = buses;
		this.bodies = bodies;
		this.secrets = secrets;
		this.clock = clock;
	}

	/**
	 * Sends all at once.
	 * @return an answer for each
	 */
	Map<DueDelivery, DeliveryAnswer> send(Subscription subscription, List<DueDelivery> dues) {
		if (subscription.isToEventBus()) {
			return buses.put(subscription, dues);
		}
		try {
			var signing = secrets.of(subscription);
			return post(subscription, dues, signing);
		}
		catch (KeyRing.KeyMissing _) {
			var failed = DeliveryAnswer.notSent("the secret cannot be decrypted; an operator has to add its key");
			return dues.stream().collect(Collectors.toMap(due -> due, _ -> failed));
		}
	}

	private Map<DueDelivery, DeliveryAnswer> post(Subscription subscription, List<DueDelivery> dues,
			List<SigningSecret> signing) {
		var others = new LinkedHashMap<DueDelivery, Future<DeliveryAnswer>>();
		dues.stream()
			.skip(1)
			.forEach(due -> others.put(due,
					threads.submit((Callable<DeliveryAnswer>) () -> post(subscription, due, signing))));
		var answers = new LinkedHashMap<DueDelivery, DeliveryAnswer>();
		answers.put(dues.getFirst(), post(subscription, dues.getFirst(), signing));
		others.forEach((due, answer) -> answers.put(due, await(answer)));
		return answers;
	}

	private DeliveryAnswer post(Subscription subscription, DueDelivery due, List<SigningSecret> signing) {
		var body = bodies.of(subscription, due).getBytes(StandardCharsets.UTF_8);
		var id = due.wireId();
		var timestamp = clock.instant().getEpochSecond();
		return client.post(URI.create(subscription.url()), bodies.contentType(subscription), Map.of("webhook-id", id,
				"webhook-timestamp", Long.toString(timestamp), "webhook-signature",
				signing.stream().map(secret -> secret.sign(id, timestamp, body)).collect(Collectors.joining(" "))),
				body);
	}

	private static DeliveryAnswer await(Future<DeliveryAnswer> answer) {
		try {
			return answer.get();
		}
		catch (ExecutionException failure) {
			throw new IllegalStateException(failure.getCause());
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return DeliveryAnswer.failed("The service was stopping", Duration.ZERO);
		}
	}

	@Override
	public void close() {
		threads.shutdown();
	}

}
