package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Watchers of a replica that did not make the changes itself. It polls so rarely that it
 * has to be told of them. Both begin paused and stay so.
 */
@Tag("sql")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasWatchingTests {

	private static final int ONE = 0;

	private static final int OTHER = 1;

	private static final int MOST = 3;

	private static Simulator aws;

	private static Replicas replicas;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final SampleRequest sample = SampleRequest.unique();

	private final WorkflowId id = replicas.accept(sample);

	@BeforeAll
	static void start() {
		aws = Simulator.start(SimulatorSettings.defaults());
		replicas = Replicas.start(2, aws, Postgres.create("watching"), "profile-workflows.watching.poll-interval=1h",
				"profile-workflows.watching.heartbeat=100ms", "profile-workflows.watching.most-watchers=" + MOST);
	}

	@AfterAll
	static void stop() {
		replicas.close();
		aws.close();
	}

	@AfterEach
	void hangUp() {
		http.shutdownNow();
		await().until(() -> watchers(ONE).number() == 0);
	}

	@Test
	@Order(1)
	void areToldOfChangesOnAnother() throws Exception {
		try (var stream = follow(OTHER)) {
			stream.next();
			var answer = getLater(OTHER, "Prefer", "wait=50");
			await().until(() -> watchers(OTHER).number() == 2);

			tag(ONE, "where", "here");

			assertThat(stream.next().name()).isEqualTo("change");
			assertThat(stream.next().data().at("/Tags/where").asString()).isEqualTo("here");
			assertThat(answer).succeedsWithin(Duration.ofSeconds(10))
				.satisfies(changed -> assertThat(changed.body()).contains("\"where\":\"here\""));
		}
	}

	@Test
	@Order(2)
	void areToldOfManyChangesAtOnce() throws Exception {
		var ids = new ArrayList<>(List.of(id));
		inOneTransaction(() -> IntStream.range(0, 300)
			.forEach(_ -> ids.add(replicas.accept(SampleRequest.in(sample.domainName())))));
		try (var stream = follow(OTHER, ids.getLast())) {
			stream.next();

			inOneTransaction(() -> ids.forEach(each -> tag(ONE, each, "many", "yes")));

			assertThat(stream.next().name()).isEqualTo("change");
		}
	}

	@Test
	@Order(2)
	void makeUpForWhatTheyMissedWhileTheyWereDeaf() throws Exception {
		try (var stream = follow(OTHER)) {
			stream.next();
			await().until(() -> !listeners().isEmpty());

			listeners().forEach(ReplicasWatchingTests::terminate);
			tag(ONE, "where", "elsewhere");

			assertThat(stream.next().name()).isEqualTo("change");
		}
	}

	@Test
	@Order(3)
	void hearThatTheStreamLivesAndAreReleasedWhenTheyAreGone() throws Exception {
		try (var stream = follow(ONE)) {
			await().until(() -> stream.beats() > 1);
			assertThat(watchers(ONE).number()).isOne();
		}

		await().until(() -> watchers(ONE).number() == 0);
	}

	@Test
	@Order(4)
	void areNotMoreThanThereMayBe() throws Exception {
		var streams = IntStream.range(0, MOST).mapToObj(_ -> follow(ONE)).toList();

		try (var refused = follow(ONE)) {
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).isEqualTo("10");
			assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("ServiceUnavailableException");
		}
		assertThat(getLater(ONE, "Prefer", "wait=50")).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503));
		assertThat(getLater(ONE)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));

		streams.forEach(Events::close);
		await().until(() -> watchers(ONE).number() == 0);
		try (var taken = follow(ONE)) {
			assertThat(taken.status()).isEqualTo(200);
		}
	}

	@Test
	@Order(5)
	void areLetGoBeforeTheReplicaStops() throws Exception {
		try (var stream = follow(OTHER)) {
			stream.next();
			var answer = getLater(OTHER, "Prefer", "wait=50");
			await().until(() -> watchers(OTHER).number() == 2);
			var begin = System.nanoTime();

			replicas.stop(OTHER);

			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			assertThat(stream.rest()).as("no end, since it has not ended").isEmpty();
			assertThat(answer).succeedsWithin(Duration.ofSeconds(1))
				.satisfies(unchanged -> assertThat(unchanged.statusCode()).isEqualTo(200));
		}
	}

	private static Watchers watchers(int replica) {
		return replicas.bean(replica, Watchers.class);
	}

	private static List<Integer> listeners() {
		return replicas.jdbc().sql("""
				select pid from pg_stat_activity
				where datname = current_database() and application_name = 'profile-workflows listener'
				""").query(Integer.class).list();
	}

	private static void terminate(int pid) {
		replicas.jdbc().sql("select pg_terminate_backend(:pid)").param("pid", pid).query(Boolean.class).single();
	}

	private void tag(int replica, String key, String value) {
		tag(replica, id, key, value);
	}

	private static void inOneTransaction(Runnable changes) {
		replicas.bean(ONE, TransactionTemplate.class).executeWithoutResult(_ -> changes.run());
	}

	private static void tag(int replica, WorkflowId id, String key, String value) {
		replicas.bean(replica, Workflows.class).retag(id, "anna", tags -> tags.put(key, value));
	}

	private Events follow(int replica) {
		return follow(replica, id);
	}

	private Events follow(int replica, WorkflowId id) {
		try {
			return Events.follow(http, uri(replica, id));
		}
		catch (IOException | InterruptedException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private CompletableFuture<HttpResponse<String>> getLater(int replica, String... headers) {
		var request = HttpRequest.newBuilder(uri(replica, id));
		return http.sendAsync(((headers.length > 0) ? request.headers(headers) : request).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private URI uri(int replica, WorkflowId id) {
		return URI.create("http://127.0.0.1:%d/domains/%s/workflows/%s".formatted(replicas.port(replica),
				sample.domainName(), id));
	}

}
