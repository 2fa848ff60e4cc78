package io.profileworkflows.torture;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.profileworkflows.SampleRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks as a good client does: under the same key again and again, here or there, until it
 * has an answer.
 */
final class PatientClient implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

	/** Doubled from one try to the next, as AWS's SDKs do. */
	private static final int FIRST_PAUSE_IN_MILLIS = 200;

	private static final int LONGEST_PAUSE_IN_MILLIS = 5000;

	private final ServiceProcess[] replicas;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final AtomicInteger repeated = new AtomicInteger();

	private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

	PatientClient(ServiceProcess... replicas) {
		this.replicas = replicas;
	}

	/**
	 * @return the id of the workflow
	 */
	String ask(SampleRequest request) throws InterruptedException {
		var key = UUID.randomUUID().toString();
		for (var pause = FIRST_PAUSE_IN_MILLIS;; pause = Math.min(2 * pause, LONGEST_PAUSE_IN_MILLIS)) {
			var replica = replicas[ThreadLocalRandom.current().nextInt(replicas.length)];
			try {
				var answer = post(replica, request, key);
				answers.merge(answer.statusCode(), 1, Integer::sum);
				if (answer.statusCode() == 202) {
					return JSON.readTree(answer.body()).path("WorkflowId").stringValue();
				}
				if (answer.statusCode() < 500) {
					throw new AssertionError("Answered %d: %s".formatted(answer.statusCode(), answer.body()));
				}
			}
			catch (IOException _) {
				// whether it was accepted is not known
			}
			repeated.incrementAndGet();
			Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(pause / 2, pause)));
		}
	}

	private HttpResponse<String> post(ServiceProcess replica, SampleRequest request, String key)
			throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(replica.uri(request.path()))
			.timeout(ANSWER_WITHIN)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", key)
			.POST(BodyPublishers.ofString(request.json()))
			.build(), BodyHandlers.ofString());
	}

	/** How many answers had which status. */
	Map<Integer, Integer> answers() {
		return Map.copyOf(answers);
	}

	/** How often it had to ask again. */
	int repeated() {
		return repeated.get();
	}

	@Override
	public void close() {
		http.shutdownNow();
		http.close();
	}

}
