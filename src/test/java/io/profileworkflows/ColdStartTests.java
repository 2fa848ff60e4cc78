package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.integration.Sample;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged jar, started as it is and under load at once: it answers throughout, and
 * stops in time. Some starts used to end in a deadlock, for which nothing but a start can
 * be made again.
 */
@EnabledIfSystemProperty(named = "packaged", matches = "true",
		disabledReason = "takes the packaged jar: ./mvnw verify runs it after package")
class ColdStartTests {

	private static final boolean LONG = Boolean.getBoolean("soak");

	private static final Path DIRECTORY = Path.of("target", "cold-starts");

	private static final Duration LOAD = Duration.ofSeconds(LONG ? 25 : 5);

	private static final int CLIENTS = 8;

	/** An answer may be slow on a busy machine; none at all is what is looked for. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static Simulator aws;

	private static JdbcConnectionDetails database;

	@BeforeAll
	static void prepare() throws IOException {
		Files.createDirectories(DIRECTORY);
		aws = Simulator.start(SimulatorSettings.defaults().withDurations(Duration.ofSeconds(1), Duration.ofSeconds(2)));
		database = Postgres.create("cold");
	}

	@AfterAll
	static void stop() {
		aws.close();
	}

	static Stream<Integer> processors() {
		return LONG ? IntStream.range(0, 17).boxed().flatMap(_ -> Stream.of(1, 2, 4)) : Stream.of(2);
	}

	@ParameterizedTest
	@MethodSource("processors")
	void answersThroughoutAndStopsInTime(int processors) throws Exception {
		var name = "%d-of-%d".formatted(System.nanoTime(), processors);
		var recording = DIRECTORY.resolve(name + ".jfr").toAbsolutePath();
		try (var service = PackagedService.ofJar(DIRECTORY.resolve(name + ".log"), database, aws,
				"-XX:ActiveProcessorCount=" + processors,
				"-XX:StartFlightRecording=settings=none,dumponexit=true,"
						+ "jdk.VirtualThreadPinned#enabled=true,jdk.VirtualThreadPinned#threshold=20ms,filename="
						+ recording)) {
			service.awaitReady();
			var ready = Instant.now();

			var answers = load(service);

			assertThat(answers).as("answers to creates").isNotEmpty().containsOnly(202);
			service.stop();
			assertThat(pinnedSince(ready, recording)).as("virtual threads that were pinned").isEmpty();
		}
	}

	/** Creates as much as it can, and looks after the health of it meanwhile. */
	private static List<Integer> load(PackagedService service) throws Exception {
		var end = System.nanoTime() + LOAD.toNanos();
		var answers = new ConcurrentLinkedQueue<Integer>();
		try (var clients = Executors.newFixedThreadPool(CLIENTS + 1)) {
			var all = new ArrayList<Future<?>>();
			all.add(clients.submit((Callable<Void>) () -> {
				while (System.nanoTime() < end) {
					assertThat(service.probe("liveness", PATIENCE)).isEqualTo(200);
					assertThat(service.probe("readiness", PATIENCE)).isEqualTo(200);
					Thread.sleep(200);
				}
				return null;
			}));
			for (var client = 0; client < CLIENTS; client++) {
				var domain = "cold-" + client;
				all.add(clients.submit(() -> {
					var curl = new Curl(service.port());
					while (System.nanoTime() < end) {
						answers.add(curl.post("/domains/%s/workflows/integrations".formatted(domain), request(domain),
								"Content-Type", "application/json")
							.status());
					}
				}));
			}
			for (var each : all) {
				each.get();
			}
		}
		return List.copyOf(answers);
	}

	private static byte[] request(String domain) {
		return Sample.of("servicenow-on-demand.json")
			.withText("/DomainName", domain)
			.withText(Sample.FLOW + "/FlowName", "cold-" + UUID.randomUUID())
			.bytes();
	}

	private static List<RecordedEvent> pinnedSince(Instant begin, Path recording) throws IOException {
		return RecordingFile.readAllEvents(recording)
			.stream()
			.filter(event -> event.getStartTime().isAfter(begin))
			.toList();
	}

}
