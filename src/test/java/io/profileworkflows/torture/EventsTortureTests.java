package io.profileworkflows.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.profileworkflows.SampleRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
@OnStage
class EventsTortureTests {

	private static final boolean SOAK = Boolean.getBoolean("soak");

	private static final int WORKFLOWS = Integer.getInteger("events.workflows", SOAK ? 3_400 : 100);

	private static final int KILLS = Integer.getInteger("events.kills", SOAK ? 100 : 3);

	private static final long SEED = Long.getLong("events.seed", new Random().nextLong(1_000_000));

	private static final int AT_ONCE = 8;

	private static final Duration PATIENCE = SOAK ? Duration.ofHours(2) : Duration.ofMinutes(4);

	private final Random random = new Random(SEED);

	@Test
	void losesAndInventsNoEventWhateverDies(@TempDir Path directory) throws Exception {
		System.out.printf("Events: %d workflows, %d kills, seed %d%n", WORKFLOWS, KILLS, SEED);
		try (var stage = new Stage(directory); var subscriber = new UnreliableSubscriber()) {
			var service = UnreliableSubscriber.mayBeTold(stage.replica("events"))
				.with("PROFILEWORKFLOWS_FLOWS_SWEEPINTERVAL", "2s");
			service.start();
			service.awaitReady();
			subscriber.subscribeTo(service);
			var begin = System.nanoTime();
			ask(service);
			var jdbc = stage.postgres().jdbc();
			await("for all to be over").atMost(PATIENCE).until(() -> areOver(jdbc));
			// no new ones from here on
			service.kill();
			service.with("PROFILEWORKFLOWS_FLOWS_ENABLED", "false");
			service.start();
			service.awaitReady();
			await("for all to be delivered").atMost(PATIENCE).until(() -> UnreliableSubscriber.isToldOfAll(jdbc));
			var time = Duration.ofNanos(System.nanoTime() - begin);

			var told = subscriber.requireToldOfAll(jdbc);
			System.out.printf("Events: %d events, %d deliveries, %d kills, seed %d; %d s%n",
					told.values().stream().mapToInt(List::size).sum(), subscriber.deliveries(), KILLS + 1, SEED,
					time.toSeconds());
			assertThat(told).hasSize(WORKFLOWS);
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

	private static boolean areOver(JdbcClient jdbc) {
		return jdbc.sql("select count(*) from workflow where phase in ('FINISHED', 'REJECTED')")
			.query(Integer.class)
			.single() == WORKFLOWS;
	}

}
