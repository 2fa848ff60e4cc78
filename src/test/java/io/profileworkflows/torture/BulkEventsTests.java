package io.profileworkflows.torture;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.profileworkflows.SampleRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A subscriber that answers 500 to a third of its deliveries gets every event of 300
 * requests that came in one body, although the service is killed. The same body again
 * changes nothing.
 */
@Tag("sql")
@OnStage
class BulkEventsTests {

	private static final int REQUESTS = 300;

	private static final List<String> TABLES = List.of("workflow", "workflow_history", "workflow_tag",
			"submission_attempt", "flow_name_reservation", "event", "delivery");

	/** What a workflow is told of when nothing goes wrong. */
	private static final List<String> LIFE = List.of("workflow.accepted", "workflow.submitted", "workflow.finished");

	private static final long SEED = Long.getLong("torture.seed", new Random().nextLong(1_000_000));

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final List<String> flowNames = IntStream.range(0, REQUESTS).mapToObj("folder-%s"::formatted).toList();

	private final String body = flowNames.stream()
		.map(flowName -> JSON.readTree(SampleRequest.of("folder", flowName).json()).toString())
		.collect(Collectors.joining("\n"));

	@Test
	void tellOfAllThatCameOfABodyAndOfNothingWhenItIsSentAgain(@TempDir Path directory) throws Exception {
		var killAfter = new Random(SEED).nextInt(REQUESTS * LIFE.size());
		System.out.printf("Bulk events: a kill after %d deliveries, seed %d%n", killAfter, SEED);
		try (var stage = new Stage(directory); var subscriber = new UnreliableSubscriber()) {
			var service = UnreliableSubscriber.mayBeTold(stage.replica("bulk-events"))
				// all that comes of a request is known then
				.with("PROFILEWORKFLOWS_FLOWS_ENABLED", "false");
			service.start();
			service.awaitReady();
			subscriber.subscribeTo(service);
			var begin = System.nanoTime();
			var jdbc = stage.postgres().jdbc();

			var first = http.sendAsync(request(service), BodyHandlers.ofString());
			await("for the time to kill it").atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> subscriber.deliveries() > killAfter);
			service.kill();
			service.start();
			service.awaitReady();
			var items = post(service).path("Items");
			await("for all to be over").atMost(PATIENCE)
				.until(() -> count(jdbc, "workflow where phase = 'FINISHED'") == REQUESTS);
			await("for all to be told of").atMost(PATIENCE).until(() -> UnreliableSubscriber.isToldOfAll(jdbc));

			var told = subscriber.requireToldOfAll(jdbc);
			assertThat(told).containsOnlyKeys(workflowIds(items)).allSatisfy((_, types) -> {
				assertThat(types).containsSubsequence(LIFE);
				assertThat(types).allMatch(type -> LIFE.contains(type) || type.equals("workflow.needs-review"));
			});
			assertThat(stage.aws().duplicates()).isZero();
			if (first.isDone() && !first.isCompletedExceptionally()) {
				assertThat(workflowIds(JSON.readTree(first.join().body()).path("Items"))).isEqualTo(workflowIds(items));
			}

			var rows = rows(jdbc);
			var creates = creates(stage);
			var deliveries = subscriber.deliveries();

			var again = post(service);

			assertThat(again.path("Replayed").intValue()).isEqualTo(REQUESTS);
			assertThat(again.path("Items")).allSatisfy(item -> {
				assertThat(item.path("StatusCode").intValue()).isEqualTo(202);
				assertThat(item.path("Replayed").booleanValue()).isTrue();
			});
			assertThat(workflowIds(again.path("Items"))).isEqualTo(workflowIds(items));
			// what is to be sent, to AWS or to subscribers, is in a row when the answer
			// is there
			assertThat(rows(jdbc)).isEqualTo(rows);
			assertThat(count(jdbc, "outbox where kind in ('submission', 'reconciliation')")).isZero();
			assertThat(creates(stage)).isEqualTo(creates);
			assertThat(subscriber.deliveries()).isEqualTo(deliveries);
			System.out.printf("Bulk events: %d events, %d deliveries, %d s%n",
					told.values().stream().mapToInt(List::size).sum(), deliveries,
					Duration.ofNanos(System.nanoTime() - begin).toSeconds());
		}
	}

	/** Until it is answered. */
	private JsonNode post(ServiceProcess service) {
		var answer = await("an answer").atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> http.send(request(service), BodyHandlers.ofString()),
					response -> response.statusCode() == 200);
		var read = JSON.readTree(answer.body());
		assertThat(read.path("Items")).as(answer.body()).hasSize(REQUESTS);
		assertThat(read.path("Refused").intValue()).isZero();
		assertThat(read.path("Items").valueStream().map(item -> item.path("FlowName").asString())).isEqualTo(flowNames);
		return read;
	}

	private HttpRequest request(ServiceProcess service) {
		return HttpRequest.newBuilder(service.uri("/bulk"))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/x-ndjson")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private static String[] workflowIds(JsonNode items) {
		return items.valueStream().map(item -> item.path("WorkflowId").asString()).toArray(String[]::new);
	}

	/** All that is known of workflows and events, to the last column. */
	private static Map<String, String> rows(JdbcClient jdbc) {
		return TABLES.stream()
			.collect(Collectors.toMap(Function.identity(),
					table -> jdbc
						.sql("select count(*) || ' ' || md5(string_agg(one::text, ' ' order by one::text)) from "
								+ table + " as one")
						.query(String.class)
						.single()));
	}

	private int creates(Stage stage) {
		return flowNames.stream().mapToInt(stage.aws().calls()::createCallsOf).sum();
	}

	private static int count(JdbcClient jdbc, String rows) {
		return jdbc.sql("select count(*) from " + rows).query(Integer.class).single();
	}

}
