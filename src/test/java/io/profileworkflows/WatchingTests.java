package io.profileworkflows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.profileworkflows.pauses.Pauses;
import io.profileworkflows.watching.Watchers;
import io.profileworkflows.workflow.HistoryEntry;
import io.profileworkflows.workflow.WorkflowId;
import io.profileworkflows.workflow.Workflows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Callers who wait for a change of a workflow, or follow its changes.
 */
@ServiceTest
class WatchingTests {

	private static final int MANY = 500;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final SampleRequest sample = SampleRequest.unique();

	@LocalServerPort
	int port;

	@Autowired
	Workflows workflows;

	@Autowired
	Pauses pauses;

	@Autowired
	Watchers watchers;

	@Autowired
	HikariDataSource pool;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	MeterRegistry meters;

	@AfterEach
	void end() {
		http.shutdownNow();
		await().until(() -> watchers.number() == 0);
	}

	@Test
	void answersOnceTheWorkflowChanges() {
		var id = acceptHeld();

		var answer = getLater(id, "Prefer", "wait=50");
		await().until(() -> watchers.number() == 1);
		assertThat(answer).isNotDone();
		tag(id, "answers", "now");

		assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).satisfies(changed -> {
			assertThat(changed.statusCode()).isEqualTo(200);
			assertThat(changed.body()).contains("\"answers\":\"now\"");
			assertThat(changed.headers().firstValue("Preference-Applied")).contains("wait=50");
		});
	}

	@Test
	void measuresWhoWaitsApart() throws Exception {
		var id = acceptHeld();
		var before = measured("#watched");
		var usual = measured("");

		assertThat(get(id, "Prefer", "wait=1").statusCode()).isEqualTo(200);
		assertThat(get(id).statusCode()).isEqualTo(200);
		assertThat(get(id, "Prefer", "wait=0").statusCode()).isEqualTo(200);

		await().until(() -> measured("") >= usual + 2);
		await().until(() -> measured("#watched") == before + 1);
		assertThat(measured("")).isPositive();
	}

	@Test
	void answersOnceTheTagIsAnother() throws Exception {
		var id = acceptHeld();
		var before = get(id).headers().firstValue("ETag").orElseThrow();

		var answer = getLater(id, "Prefer", "wait=50", "If-None-Match", before);
		await().until(() -> watchers.number() == 1);
		tag(id, "a", "b");

		assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).satisfies(changed -> {
			assertThat(changed.statusCode()).isEqualTo(200);
			assertThat(changed.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(before);
		});
	}

	@Test
	void answersAtOnceWhenTheTagIsOld() throws Exception {
		var id = acceptHeld();
		var before = get(id).headers().firstValue("ETag").orElseThrow();
		tag(id, "a", "b");

		assertThat(getLater(id, "Prefer", "wait=50", "If-None-Match", before)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(changed -> assertThat(changed.statusCode()).isEqualTo(200));
	}

	@Test
	void answersWhatItWasWhenNothingChangesInTime() throws Exception {
		var id = acceptHeld();
		var before = get(id).headers().firstValue("ETag").orElseThrow();

		var unchanged = getLater(id, "Prefer", "wait=1", "If-None-Match", before);
		var same = get(id, "Prefer", "wait=1", "Accept", "application/yaml");

		assertThat(same.statusCode()).isEqualTo(200);
		assertThat(same.headers().firstValue("ETag")).as("another in another representation")
			.isEqualTo(get(id, "Accept", "application/yaml").headers().firstValue("ETag"))
			.isNotEqualTo(Optional.of(before));
		assertThat(same.body()).contains("Phase: ");
		assertThat(unchanged).succeedsWithin(Duration.ofSeconds(10)).satisfies(answer -> {
			assertThat(answer.statusCode()).isEqualTo(304);
			assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=1");
		});
	}

	@Test
	void answersAtOnceWhatHasEnded() throws Exception {
		var id = acceptHeld();
		workflows.delete(sample.domainName(), id, "anna", false);
		var tag = get(id).headers().firstValue("ETag").orElseThrow();

		assertThat(getLater(id, "Prefer", "wait=50")).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
		assertThat(getLater(id, "Prefer", "wait=50", "If-None-Match", tag)).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(304));
	}

	@Test
	void letsManyWaitWithoutConnectionsAndThreads() throws Exception {
		var id = acceptHeld();
		var answers = IntStream.range(0, MANY).mapToObj(_ -> getLater(id, "Prefer", "wait=50")).toList();
		await().atMost(Duration.ofSeconds(30)).until(() -> watchers.number() == MANY);

		await("for the pool to be at rest").until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
		await("for all threads to be free").untilAsserted(() -> assertThat(Thread.getAllStackTraces().values())
			.noneMatch(frames -> Arrays.stream(frames).anyMatch(WatchingTests::isOfAnOperation)));
		assertThat(get(id).statusCode()).as("others are answered").isEqualTo(200);
		assertThat(answers).noneMatch(CompletableFuture::isDone);

		tag(id, "a", "b");

		CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(answers).map(CompletableFuture::join)
			.allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200))
			.map(answer -> answer.headers().firstValue("ETag").orElseThrow())
			.containsOnly("\"1\"");
	}

	@Test
	void findsAtItsPollWhatNobodyTold() {
		var id = acceptHeld();

		var answer = getLater(id, "Prefer", "wait=50");
		await().until(() -> watchers.number() == 1);
		jdbc.sql("update workflow set version = version + 1 where id = :id").param("id", id.value()).update();

		assertThat(answer).succeedsWithin(Duration.ofSeconds(10))
			.satisfies(changed -> assertThat(changed.headers().firstValue("ETag")).contains("\"1\""));
	}

	@Test
	void streamsAWorkflowToItsEnd() throws Exception {
		var id = accept();

		try (var stream = follow(id)) {
			var first = stream.next();
			var rest = stream.rest();

			assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
			assertThat(stream.header("Cache-Control")).contains("no-store");
			assertThat(first.name()).isEqualTo("workflow");
			assertThat(first.text("WorkflowId")).isEqualTo(id.toString());
			assertThat(rest.getLast().name()).isEqualTo("end");
			assertThat(rest.getLast().text("Phase")).isEqualTo("FINISHED");
			assertThat(rest.get(rest.size() - 2).name()).isEqualTo("workflow");
			assertThat(rest.get(rest.size() - 2).text("Status")).isEqualTo("COMPLETE");
			assertThat(changes(rest)).isNotEmpty()
				.containsExactlyElementsOf(history(id).filter(entry -> entry > first.number()).toList());
			assertThat(rest).map(Events.Event::number).isSorted();
		}
	}

	@Test
	void goesOnBehindTheLastEventThatCame() throws Exception {
		var id = acceptHeld();
		long last;
		try (var stream = follow(id)) {
			stream.next();
			tag(id, "first", "1");
			var change = stream.next();
			assertThat(change.name()).isEqualTo("change");
			assertThat(change.text("Reason")).isEqualTo("Tags changed");
			last = change.number();
		}
		tag(id, "second", "2");
		tag(id, "third", "3");

		try (var stream = follow(id, "Last-Event-ID", Long.toString(last))) {
			assertThat(List.of(stream.next(), stream.next(), stream.next())).map(Events.Event::name)
				.containsExactly("change", "change", "workflow");
			workflows.delete(sample.domainName(), id, "anna", false);
			assertThat(stream.rest()).map(Events.Event::name).containsExactly("change", "workflow", "end");
		}
		try (var stream = follow(id, "Last-Event-ID", Long.toString(last))) {
			var all = stream.rest();
			assertThat(changes(all)).hasSize(3)
				.containsExactlyElementsOf(history(id).filter(entry -> entry > last).toList());
			try (var nothing = follow(id, "Last-Event-ID", all.getLast().id())) {
				assertThat(nothing.status()).isEqualTo(204);
			}
		}
	}

	@Test
	void showsChangesThatAreNoEntriesOfTheHistory() throws Exception {
		var id = acceptHeld();

		try (var stream = follow(id)) {
			var first = stream.next();
			jdbc.sql("update workflow set error_description = 'odd', version = version + 1 where id = :id")
				.param("id", id.value())
				.update();

			var second = stream.next();
			assertThat(second.name()).isEqualTo("workflow");
			assertThat(second.id()).isEqualTo(first.id());
			assertThat(second.text("ErrorDescription")).isEqualTo("odd");
		}
	}

	@Test
	void showsTheStateToThoseWhoSawWhatIsNoLongerKnown() throws Exception {
		var id = acceptHeld();

		try (var stream = follow(id, "Last-Event-ID", "999999999999")) {
			assertThat(stream.next().name()).isEqualTo("workflow");
			tag(id, "a", "b");
			assertThat(stream.next().name()).isEqualTo("change");
		}
	}

	@Test
	void streamsToThoseWhoLikeThatBest() throws Exception {
		var id = acceptHeld();

		for (var accept : List.of("*/*", "application/json, text/event-stream;q=0.5", "application/*",
				"text/event-stream;q=0.1, */*")) {
			assertThat(get(id, "Accept", accept).headers().firstValue("Content-Type")).contains("application/json");
		}
		try (var stream = follow(id, "Accept", "application/json;q=0.5")) {
			assertThat(stream.next().name()).isEqualTo("workflow");
		}
	}

	@Test
	void refusesToStreamWhatThereIsNot() throws Exception {
		var nothing = get(WorkflowId.of("0".repeat(32)), "Accept", "text/event-stream");

		assertThat(nothing.statusCode()).isEqualTo(404);
		assertThat(nothing.headers().firstValue("Content-Type")).contains("application/problem+json");
	}

	@Test
	void answersAskedForTheHeadersOnly() throws Exception {
		var id = acceptHeld();
		var head = HttpRequest.newBuilder(uri(id)).HEAD().header("Accept", "text/event-stream").build();

		var answer = http.send(head, HttpResponse.BodyHandlers.ofString());

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
	}

	@Test
	void endsWhenTheWorkflowIsGone() throws Exception {
		var id = acceptHeld();

		try (var stream = follow(id)) {
			stream.next();
			jdbc.sql("delete from workflow where id = :id").param("id", id.value()).update();

			assertThat(stream.rest()).isEmpty();
		}
	}

	private static boolean isOfAnOperation(StackTraceElement frame) {
		return frame.getClassName().matches("io[.]profileworkflows[.](http|\\w+[.]web)[.].*");
	}

	private long measured(String how) {
		return meters.find("http.server.requests")
			.tag("uri", "/domains/{domainName}/workflows/{workflowId}" + how)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private WorkflowId accept() {
		return workflows.accept(sample.request(), List.of(), "anna", null).workflow().id();
	}

	/** It stays as it is. */
	private WorkflowId acceptHeld() {
		pauses.pause(sample.domainName(), "test", "to hold it");
		return accept();
	}

	private void tag(WorkflowId id, String key, String value) {
		workflows.retag(id, "anna", tags -> tags.put(key, value));
	}

	private HttpResponse<String> get(WorkflowId id, String... headers) throws IOException, InterruptedException {
		return http.send(request(id, headers), HttpResponse.BodyHandlers.ofString());
	}

	private CompletableFuture<HttpResponse<String>> getLater(WorkflowId id, String... headers) {
		return http.sendAsync(request(id, headers), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(WorkflowId id, String... headers) {
		var request = HttpRequest.newBuilder(uri(id));
		return ((headers.length > 0) ? request.headers(headers) : request).build();
	}

	private Events follow(WorkflowId id, String... headers) throws IOException, InterruptedException {
		return Events.follow(http, uri(id), headers);
	}

	private URI uri(WorkflowId id) {
		return URI.create("http://127.0.0.1:%d/domains/%s/workflows/%s".formatted(port, sample.domainName(), id));
	}

	private static List<Long> changes(List<Events.Event> events) {
		return events.stream().filter(event -> event.name().equals("change")).map(Events.Event::number).toList();
	}

	private Stream<Long> history(WorkflowId id) {
		return workflows.historyOf(id, 0, 100).stream().map(HistoryEntry::id);
	}

}
