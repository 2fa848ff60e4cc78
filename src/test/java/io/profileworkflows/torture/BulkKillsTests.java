package io.profileworkflows.torture;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.simulator.SimulatedWorkflow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service is killed while it takes on many requests out of one body, and while it
 * tries many workflows again. In the end there is one workflow of each request, and one
 * other try at each workflow. {@code -Psoak} has more kills.
 */
@Tag("sql")
@OnStage
class BulkKillsTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int REQUESTS = 300;

	private static final int KILLS = Boolean.getBoolean("soak") ? 12 : 2;

	private static final long SEED = Long.getLong("torture.seed", new Random().nextLong(1_000_000));

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private final Random random = new Random(SEED);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final List<String> flowNames = IntStream.range(0, REQUESTS).mapToObj("bulk-%s"::formatted).toList();

	@Test
	void makeOneWorkflowOfEachRequestAndOneOtherTryAtEachWorkflow(@TempDir Path directory) throws Exception {
		System.out.printf("Bulk: %s kills, seed %s%n", KILLS, SEED);
		try (var stage = new Stage(directory)) {
			var replica = stage.replica("bulk");
			replica.start();
			replica.awaitReady();
			var jdbc = stage.postgres().jdbc();
			// nothing is at AWS before the other tries
			post(replica, "/pause", "{ \"Reason\": \"to be killed\" }", answer -> answer.statusCode() == 200);

			createAndKill(replica, jdbc);
			reject(jdbc);
			retryAndKill(replica, jdbc);

			post(replica, "/resume", "{ \"Reason\": \"all is there\" }", answer -> answer.statusCode() == 200);
			await("for all to be at AWS").atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(500))
				.until(() -> stage.aws().workflows().size() >= REQUESTS
						&& count(jdbc, "workflow where phase in ('ACCEPTED', 'SUBMITTING', 'UNCONFIRMED')") == 0);
			assertThat(stage.aws().workflows().stream().map(SimulatedWorkflow::flowName))
				.containsExactlyInAnyOrderElementsOf(flowNames);
			assertThat(stage.aws().duplicates()).isZero();
		}
	}

	private void createAndKill(ServiceProcess replica, JdbcClient jdbc) throws Exception {
		var body = flowNames.stream()
			.map(flowName -> JSON.readTree(SampleRequest.of("bulk", flowName).json()).toString())
			.collect(Collectors.joining("\n"));
		for (int kill = 0; kill < KILLS; kill++) {
			var some = count(jdbc, "workflow") + random.nextInt(REQUESTS / KILLS / 2);
			var sent = http.sendAsync(request(replica, "/bulk", body), BodyHandlers.ofString());
			await().atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> count(jdbc, "workflow") > some || sent.isDone());
			killAndStart(replica);
		}
		System.out.printf("Bulk: %s of %s requests were accepted before the last kill%n", count(jdbc, "workflow"),
				REQUESTS);

		var answer = post(replica, "/bulk", body, response -> response.statusCode() == 200);
		var again = post(replica, "/bulk", body, response -> response.statusCode() == 200);

		assertThat(answer.path("Refused").intValue()).isZero();
		assertThat(answer.path("Replayed").intValue()).as("accepted before a kill").isPositive();
		assertThat(again.path("Replayed").intValue()).isEqualTo(REQUESTS);
		assertThat(again.path("Items").valueStream().map(item -> item.path("WorkflowId").asString()))
			.isEqualTo(answer.path("Items").valueStream().map(item -> item.path("WorkflowId").asString()).toList());
		assertThat(count(jdbc, "workflow")).isEqualTo(REQUESTS);
		assertThat(count(jdbc, "outbox where kind = 'submission'")).isEqualTo(REQUESTS);
	}

	/** As an outage of AWS's would. */
	private static void reject(JdbcClient jdbc) {
		jdbc.sql("delete from outbox where kind = 'submission'").update();
		jdbc.sql("delete from flow_name_reservation").update();
		jdbc.sql("update workflow set phase = 'REJECTED', status = 'FAILED'").update();
	}

	private void retryAndKill(ServiceProcess replica, JdbcClient jdbc) throws Exception {
		var preview = post(replica, "/bulk/retry?phase=REJECTED&preview=true", "",
				response -> response.statusCode() == 200);
		assertThat(preview.path("Count").intValue()).isEqualTo(REQUESTS);
		var start = "/bulk/retry?phase=REJECTED&token=" + preview.path("Token").asString();
		var id = post(replica, start, "", response -> response.statusCode() == 202).path("OperationId").asString();
		for (int kill = 0; kill < KILLS; kill++) {
			var some = Math.min(REQUESTS - 1,
					count(jdbc, "operation_item where outcome is not null") + random.nextInt(REQUESTS / KILLS / 2));
			await().atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> count(jdbc, "operation_item where outcome is not null") > some);
			killAndStart(replica);
		}
		System.out.printf("Bulk: %s of %s were tried again before the last kill%n",
				count(jdbc, "operation_item where outcome is not null"), REQUESTS);
		await("for the operation to end").atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> get(replica, "/operations/" + id).path("State").asString().equals("FINISHED"));

		var operation = get(replica, "/operations/" + id);

		assertThat(operation.path("Done").intValue()).as("noted as done with what was done: " + operation)
			.isEqualTo(REQUESTS);
		assertThat(count(jdbc, "workflow where retry_of is not null")).isEqualTo(REQUESTS);
		assertThat(count(jdbc, "workflow_history where reason like 'Tried again as %'")).isEqualTo(REQUESTS);
	}

	private void killAndStart(ServiceProcess replica) {
		replica.kill();
		replica.start();
		replica.awaitReady();
	}

	/** Until it is answered so. */
	private JsonNode post(ServiceProcess replica, String path, String body, Predicate<HttpResponse<String>> answered)
			throws Exception {
		return await(path).atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> http.send(request(replica, path, body), BodyHandlers.ofString()), answered)
			.body()
			.transform(JSON::readTree);
	}

	private JsonNode get(ServiceProcess replica, String path) throws Exception {
		return JSON
			.readTree(http.send(HttpRequest.newBuilder(replica.uri(path)).build(), BodyHandlers.ofString()).body());
	}

	private static HttpRequest request(ServiceProcess replica, String path, String body) {
		return HttpRequest.newBuilder(replica.uri(path))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", path.equals("/bulk") ? "application/x-ndjson" : "application/json")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private static int count(JdbcClient jdbc, String rows) {
		return jdbc.sql("select count(*) from " + rows).query(Integer.class).single();
	}

}
