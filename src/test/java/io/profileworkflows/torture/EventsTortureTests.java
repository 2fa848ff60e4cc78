package io.profileworkflows.torture;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.PostgresTest;
import io.profileworkflows.SampleRequest;
import io.profileworkflows.subscriptions.Receiver;
import io.profileworkflows.subscriptions.Receiver.Received;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A subscriber that answers 500 to a third of its deliveries is told of the whole life of
 * many workflows, while the service is killed again and again. In the end it must have
 * each event of the history and no other, in the order of each workflow.
 * {@code -Dsoak=true}: 10,000 events through 100 kills.
 */
@Tag("sql")
@OnTheSide
class EventsTortureTests {

	private static final boolean SOAK = Boolean.getBoolean("soak");

	private static final int WORKFLOWS = Integer.getInteger("events.workflows", SOAK ? 3_400 : 100);

	private static final int KILLS = Integer.getInteger("events.kills", SOAK ? 100 : 3);

	private static final long SEED = Long.getLong("events.seed", new Random().nextLong(1_000_000));

	private static final int AT_ONCE = 8;

	private static final Duration PATIENCE = SOAK ? Duration.ofHours(2) : Duration.ofMinutes(4);

	/** Each transition that subscribers are told of, and its event. */
	private static final String EXPECTED = """
			select replace(workflow_id::text, '-', '') as workflow_id, case to_phase
			    when 'ACCEPTED' then 'workflow.accepted' when 'SUBMITTED' then 'workflow.submitted'
			    when 'NEEDS_REVIEW' then 'workflow.needs-review' when 'REJECTED' then 'workflow.rejected'
			    when 'FINISHED' then case when from_phase = 'FINISHED' then 'flow.health-changed' else 'workflow.finished' end
			  end as type
			from workflow_history
			where (to_phase in ('SUBMITTED', 'NEEDS_REVIEW', 'REJECTED') and from_phase <> to_phase)
			  or (to_phase = 'ACCEPTED' and from_phase is null)
			  or (to_phase = 'FINISHED' and (from_phase <> to_phase or actor = 'flows'))
			order by id
			""";

	private static final JsonMapper JSON = new JsonMapper();

	private final Random random = new Random(SEED);

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void losesAndInventsNoEventWhateverDies(@TempDir Path directory) throws Exception {
		System.out.printf("Events: %d workflows, %d kills, seed %d%n", WORKFLOWS, KILLS, SEED);
		var deliveries = new AtomicInteger();
		try (var stage = new Stage(directory);
				var receiver = new Receiver().answer(_ -> (deliveries.incrementAndGet() % 3 == 0) ? 500 : 204)) {
			var service = stage.replica("events")
				.with("PROFILEWORKFLOWS_EVENTS_ENCRYPTIONKEYS", PostgresTest.ENCRYPTION_KEY)
				.with("PROFILEWORKFLOWS_EVENTS_ALLOWPRIVATETARGETS", "true")
				.with("PROFILEWORKFLOWS_EVENTS_FIRSTRETRYAFTER", "100ms")
				.with("PROFILEWORKFLOWS_EVENTS_MAXRETRYAFTER", "1s")
				.with("PROFILEWORKFLOWS_FLOWS_SWEEPINTERVAL", "2s");
			service.start();
			service.awaitReady();
			var subscription = subscribe(service, receiver);
			var begin = System.nanoTime();
			ask(service);
			var jdbc = stage.postgres().jdbc();
			await("for all to be over").atMost(PATIENCE).until(() -> areOver(jdbc));
			// no new ones from here on
			service.kill();
			service.with("PROFILEWORKFLOWS_FLOWS_ENABLED", "false");
			service.start();
			service.awaitReady();
			await("for all to be delivered").atMost(PATIENCE).until(() -> areDelivered(jdbc));
			var time = Duration.ofNanos(System.nanoTime() - begin);

			var expected = expected(jdbc);
			System.out.printf("Events: %d events, %d deliveries, %d kills, seed %d; %d s%n",
					expected.values().stream().mapToInt(List::size).sum(), receiver.received().size(), KILLS + 1, SEED,
					time.toSeconds());
			check(receiver.received(), expected, subscription.path("Secret").asString());
			assertThat(expected).hasSize(WORKFLOWS);
		}
	}

	/** Kills it while requests arrive. */
	private void ask(ServiceProcess service) throws Exception {
		try (var client = new PatientClient(service);
				var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory())) {
			var asked = new ArrayList<Future<String>>();
			for (int number = 0; number < WORKFLOWS; number++) {
				var request = SampleRequest.of("domain-" + number % 4, "events-%06d".formatted(number));
				asked.add(threads.submit(() -> client.ask(request)));
			}
			for (int kill = 0; kill < KILLS; kill++) {
				Thread.sleep(random.nextInt(1000, 4000));
				service.kill();
				service.start();
				service.awaitReady();
			}
			for (var one : asked) {
				one.get();
			}
		}
	}

	private JsonNode subscribe(ServiceProcess service, Receiver receiver) throws IOException, InterruptedException {
		var answer = http.send(HttpRequest.newBuilder(service.uri("/subscriptions"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"Name\": \"torture\", \"Url\": \"%s\"}".formatted(receiver.url("/"))))
			.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JSON.readTree(answer.body());
	}

	private static boolean areOver(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from workflow where phase in ('FINISHED', 'REJECTED')")
			.query(Integer.class)
			.single() == WORKFLOWS;
	}

	private static boolean areDelivered(JdbcClient jdbc) {
		return jdbc.sql("""
				select not exists (select from event where spread_at is null)
				  and not exists (select from delivery where state <> 'DELIVERED')
				""").query(Boolean.class).single();
	}

	private static Map<String, List<String>> expected(JdbcClient jdbc) {
		var expected = new HashMap<String, List<String>>();
		jdbc.sql(EXPECTED)
			.query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.forEach(event -> expected.computeIfAbsent(event.getKey(), _ -> new ArrayList<>()).add(event.getValue()));
		return expected;
	}

	private static void check(List<Received> received, Map<String, List<String>> expected, String secret) {
		var firstOf = new LinkedHashMap<String, Received>();
		var latestOf = new HashMap<String, String>();
		for (var one : received) {
			assertThat(one.isSignedWith(secret)).isTrue();
			var workflow = one.data().path("WorkflowId").asString();
			var first = firstOf.putIfAbsent(one.id(), one);
			if (first == null) {
				latestOf.put(workflow, one.id());
			}
			else {
				assertThat(one.body()).as("the same however often it is sent").isEqualTo(first.body());
				assertThat(one.id()).as("nothing earlier comes after something later")
					.isEqualTo(latestOf.get(workflow));
			}
		}
		var told = new HashMap<String, List<String>>();
		firstOf.values()
			.forEach(one -> told.computeIfAbsent(one.data().path("WorkflowId").asString(), _ -> new ArrayList<>())
				.add(one.type()));
		assertThat(told).isEqualTo(expected);
	}

}
