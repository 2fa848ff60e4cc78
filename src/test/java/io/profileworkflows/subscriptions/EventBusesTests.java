package io.profileworkflows.subscriptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.profileworkflows.OnTheSide;
import io.profileworkflows.customerprofiles.OwnCredentials;
import io.profileworkflows.deployment.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against a server that answers as EventBridge does.
 */
@OnTheSide
class EventBusesTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/workflows";

	private final List<JsonNode> calls = new CopyOnWriteArrayList<>();

	private volatile Set<String> refused = Set.of();

	private volatile int status = 200;

	private HttpServer server;

	private EventBuses buses;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.start();
		buses = buses(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
	}

	private EventBuses buses(AwsCredentialsProvider credentials) {
		return new EventBuses(OwnCredentials.of(credentials),
				URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(10),
				new EventBody(new Deployment("123456789012", "eu-central-1")));
	}

	@AfterEach
	void stop() {
		buses.close();
		server.stop(0);
	}

	@Test
	void putsTenAtOnce() {
		var dues = dues(23, 0);

		var answers = buses.put(subscription(EventFormat.StandardWebhooks), dues);

		assertThat(calls).extracting(call -> call.path("Entries").size()).containsExactly(10, 10, 3);
		assertThat(answers.keySet()).containsExactlyElementsOf(dues);
		assertThat(answers.values()).allSatisfy(answer -> assertThat(answer.isDelivered()).isTrue());
		var entry = calls.getFirst().path("Entries").get(0);
		assertThat(entry.path("EventBusName").asString()).isEqualTo(BUS);
		assertThat(entry.path("Source").asString()).isEqualTo("profile-workflows");
		assertThat(entry.path("DetailType").asString()).isEqualTo("workflow.finished");
		assertThat(entry.path("Resources").get(0).asString())
			.isEqualTo("arn:aws:profile:eu-central-1:123456789012:domains/retail");
		var detail = JSON.readTree(entry.path("Detail").asString());
		assertThat(detail.path("id").asString()).isEqualTo(dues.getFirst().wireId());
		assertThat(detail.path("type").asString()).isEqualTo("workflow.finished");
		assertThat(detail.at("/data/Number").asInt()).isZero();
	}

	@Test
	void writesCloudEventsAsTheDetail() {
		buses.put(subscription(EventFormat.CloudEvents), dues(1, 0));

		var detail = JSON.readTree(calls.getFirst().at("/Entries/0/Detail").asString());
		assertThat(detail.path("specversion").asString()).isEqualTo("1.0");
	}

	@Test
	void tellsWhichWereRefusedAndSendsThoseAlone() {
		var dues = dues(3, 0);
		refused = Set.of(dues.get(1).wireId());

		var answers = buses.put(subscription(EventFormat.StandardWebhooks), dues);

		assertThat(answers.get(dues.get(0)).isDelivered()).isTrue();
		assertThat(answers.get(dues.get(2)).isDelivered()).isTrue();
		assertThat(answers.get(dues.get(1)).failure()).isEqualTo("EventBridge refused it: InternalFailure");
		calls.clear();
		buses.put(subscription(EventFormat.StandardWebhooks), dues(3, 1));
		assertThat(calls).extracting(call -> call.path("Entries").size()).containsExactly(1, 1, 1);
	}

	@Test
	void takesARefusedCallForAFailureOfAll() {
		status = 400;
		var dues = dues(2, 0);

		var answers = buses.put(subscription(EventFormat.StandardWebhooks), dues);

		assertThat(answers.values()).allSatisfy(answer -> {
			assertThat(answer.failure()).isEqualTo("EventBridge refused the call: AccessDeniedException");
			assertThat(answer.status()).isEqualTo(400);
		});
		assertThat(calls).as("the engine tries again, not the SDK").hasSize(1);
	}

	/** What STS refuses is no answer of EventBridge's. */
	@Test
	void saysThatItHasNoCredentials() {
		try (var without = buses(() -> {
			throw AwsServiceException.builder().statusCode(403).message("not authorized to assume the role").build();
		})) {
			var answers = without.put(subscription(EventFormat.StandardWebhooks), dues(2, 0));

			assertThat(answers.values()).hasSize(2)
				.allSatisfy(answer -> assertThat(answer.failure())
					.startsWith("Nothing was sent: the service has no credentials for AWS"));
			assertThat(calls).isEmpty();
		}
	}

	@Test
	void sendsLargeOnesInCallsOfTheirOwn() {
		var large = "x".repeat(200_000);
		var dues = List.of(due(1, 0, large), due(2, 0, large));

		buses.put(subscription(EventFormat.StandardWebhooks), dues);

		assertThat(calls).extracting(call -> call.path("Entries").size()).containsExactly(1, 1);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target")).isEqualTo("AWSEvents.PutEvents");
			var call = JSON.readTree(exchange.getRequestBody().readAllBytes());
			calls.add(call);
			exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
			var answer = (status == 200) ? answer(call)
					: "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}";
			var bytes = answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private String answer(JsonNode call) {
		var answer = JSON.createObjectNode();
		var entries = answer.putArray("Entries");
		call.path("Entries").forEach(entry -> {
			var id = JSON.readTree(entry.path("Detail").asString()).path("id").asString();
			if (refused.contains(id)) {
				entries.addObject().put("ErrorCode", "InternalFailure").put("ErrorMessage", "try again");
			}
			else {
				entries.addObject().put("EventId", UUID.randomUUID().toString());
			}
		});
		answer.put("FailedEntryCount", refused.size());
		return answer.toString();
	}

	private static Subscription subscription(EventFormat format) {
		return new Subscription(UUID.randomUUID(), 1, "bus", BUS, format, EventType.all(), List.of("retail"), "", null,
				"susan", Instant.EPOCH, 0, null, Duration.ZERO, false, null, null);
	}

	private static List<DueDelivery> dues(int count, int attempts) {
		return IntStream.range(0, count).mapToObj(number -> due(number, attempts, "")).toList();
	}

	private static DueDelivery due(int number, int attempts, String filler) {
		return new DueDelivery(number, UUID.randomUUID(), "workflow.finished", Instant.EPOCH, "retail",
				UUID.randomUUID(), "{\"Number\":%d,\"Filler\":\"%s\"}".formatted(number, filler), attempts);
	}

}
