package io.profileworkflows.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.profileworkflows.security.Issuer;
import org.jspecify.annotations.Nullable;

/**
 * Callers who ask for all that the service does, most of all for workflows, and a monitor
 * that looks at it now and then.
 */
final class Traffic {

	/** As many as make groups of requests, which are committed together. */
	private static final int CALLERS = 8;

	private static final int DOMAINS = 20;

	private static final Duration AT_MOST = Duration.ofMinutes(5);

	private static final String JSON = "application/json";

	private static final List<Sample> SAMPLES = List.of(Sample.of("salesforce-scheduled.json", JSON),
			Sample.of("salesforce-complete.json", JSON), Sample.of("servicenow-on-demand.json", JSON),
			Sample.of("marketo-scheduled.yaml", "application/yaml"));

	private final TrainingGround ground;

	private final Map<String, ?> claims = Map.of("roles", "operator:*");

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicLong accepted = new AtomicLong();

	Traffic(TrainingGround ground) {
		this.ground = ground;
	}

	/** How many workflows were accepted. */
	long accepted() {
		return accepted.get();
	}

	/**
	 * Goes on until so many workflows are accepted, however busy the machine is. Fails if
	 * any answer is not the right one, or if it takes too long.
	 */
	void accept(long number) throws IOException, InterruptedException {
		var end = System.nanoTime() + AT_MOST.toNanos();
		var all = new ArrayList<Callable<Void>>();
		for (int caller = 0; caller < CALLERS; caller++) {
			// tokens are what most services get; the AWS CLI and SDKs sign
			var signs = caller % 4 == 0;
			all.add(() -> ask(number, end, signs));
		}
		all.add(() -> look(number, end));
		try (var threads = Executors.newFixedThreadPool(all.size())) {
			var results = new ArrayList<Future<Void>>();
			all.forEach(one -> results.add(threads.submit(one)));
			for (var result : results) {
				result.get();
			}
		}
		catch (ExecutionException failure) {
			throw new IllegalStateException(failure.getCause().toString(), failure);
		}
	}

	private boolean isShortOf(long number, long end) {
		if (accepted.get() >= number) {
			return false;
		}
		if (System.nanoTime() > end) {
			throw new IllegalStateException(
					"only %d of %d workflows were accepted within %s".formatted(accepted.get(), number, AT_MOST));
		}
		return true;
	}

	private Void ask(long number, long end, boolean signs) throws IOException {
		try (var connection = new HttpConnection(ground.port())) {
			var caller = new Caller(connection, signs);
			while (isShortOf(number, end)) {
				caller.ask(numbers.incrementAndGet());
			}
		}
		return null;
	}

	private Void look(long number, long end) throws IOException, InterruptedException {
		try (var service = new HttpConnection(ground.port());
				var management = new HttpConnection(ground.managementPort())) {
			var operator = new Caller(management, false);
			new Caller(service, false).get("/v3/api-docs", 200);
			while (isShortOf(number, end)) {
				operator.get("/actuator/prometheus", 200);
				operator.get("/actuator/health/liveness", 200);
				operator.get("/actuator/health/readiness", 200);
				operator.get("/actuator/workflows", 200);
				operator.get("/actuator/outbox", 200);
				TimeUnit.SECONDS.sleep(1);
			}
		}
		return null;
	}

	/**
	 * One who asks on a connection of its own.
	 */
	private final class Caller {

		private final HttpConnection connection;

		private final boolean signs;

		private final String token;

		Caller(HttpConnection connection, boolean signs) {
			this.connection = connection;
			this.signs = signs;
			this.token = Issuer.token("trainee", claims);
		}

		/** For a workflow, and each time for something else besides. */
		void ask(long number) throws IOException {
			var domain = "training-%02d".formatted(number % DOMAINS);
			var path = "/domains/" + domain + "/workflows";
			var sample = SAMPLES.get((int) (number % SAMPLES.size()));
			var flowName = "training-%012d".formatted(number);
			var request = sample.with(domain, flowName);
			create(path, sample.type(), request, "key-" + number, 202);
			var workflow = connection.header("location");
			accepted.incrementAndGet();
			switch ((int) (number % 12)) {
				case 0 -> create(path, sample.type(), request, "key-" + number, 202);
				case 1 ->
					create(path, sample.type(), request.replace("customer-profiles-ingest", "another"), null, 409);
				case 2 -> {
					get(workflow, 200);
					get(workflow + "/steps", 200);
					get(workflow + "/history", 200);
				}
				case 3 -> {
					send("POST", path + "?max-results=20", JSON, "{\"Status\":\"COMPLETE\"}", 200);
					get(path, 200);
				}
				case 4 -> get("/workflows?status=IN_PROGRESS&status=COMPLETE&tag=team:crm&counts=true", 200);
				case 5 -> get("/workflows?flow-name=training-&sort=updated&order=asc&max-results=10", 200);
				case 6 -> tag(workflow);
				case 7 -> send("POST", path + "/integrations?dry-run=true", sample.type(),
						sample.with(domain, "dry-" + flowName), 200);
				case 8 -> send("POST", path + "/integrations", sample.type(),
						sample.with(domain, "bad-" + flowName).replace("RoleArn", "Rolearn"), 400);
				case 9 -> send("DELETE", workflow, JSON, "", 200);
				case 10 -> get(path + "/" + "0".repeat(32), 404);
				default -> get(workflow, 200);
			}
		}

		private void create(String path, String type, String request, @Nullable String key, int expected)
				throws IOException {
			var message = message("POST", path + "/integrations", type, request);
			send((key != null) ? message.with("Idempotency-Key", key) : message, expected);
		}

		private void tag(String workflow) throws IOException {
			var arn = "arn:aws:profile:eu-central-1:123456789012:" + workflow.substring(1);
			var path = "/tags/" + arn.replace(":", "%3A").replace("/", "%2F");
			send("POST", path, JSON, "{\"tags\":{\"trained\":\"yes\"}}", 200);
			get(path, 200);
			send("DELETE", path + "?tagKeys=trained", JSON, "", 200);
		}

		void get(String path, int expected) throws IOException {
			send("GET", path, JSON, "", expected);
		}

		private void send(String method, String path, String type, String body, int expected) throws IOException {
			send(message(method, path, type, body), expected);
		}

		private Message message(String method, String path, String type, String body) {
			return new Message(method, ground.port(), path, body, Map.of("Content-Type", type));
		}

		private void send(Message message, int expected) throws IOException {
			var status = connection.send((signs ? message.signed(TrainingGround.ACCESS_KEY, ground.secret())
					: message.with("Authorization", "Bearer " + token))
				.bytes());
			if (status != expected) {
				throw new IllegalStateException("%s %s should be answered with %d: %s".formatted(message.method(),
						message.path(), expected, connection.answer()));
			}
		}

	}

	/**
	 * A document with places for its names.
	 */
	private record Sample(String type, String text) {

		private static final String DOMAIN = "the-domain";

		private static final String FLOW = "the-flow";

		static Sample of(String file, String type) {
			try (var stream = Traffic.class.getResourceAsStream("/samples/" + file)) {
				var text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
				return new Sample(type, name(name(text, "DomainName", DOMAIN), "FlowName", FLOW));
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}

		private static String name(String text, String member, String name) {
			return text.replaceFirst("(\"?" + member + "\"?: \"?)[\\w-]+", "$1" + name);
		}

		String with(String domain, String flowName) {
			return text.replace(DOMAIN, domain).replace(FLOW, flowName);
		}

	}

}
