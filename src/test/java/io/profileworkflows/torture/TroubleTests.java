package io.profileworkflows.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.profileworkflows.simulator.SimulatedWorkflow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

/**
 * What happens to a database in truth, while requests arrive all the time: nothing is
 * lost, made twice or parked, callers are told to try again, and the same process goes on
 * by itself within seconds. {@code -Psoak} has all of them, and longer ones.
 */
@Tag("sql")
@OnStage
class TroubleTests {

	private static final boolean SOAK = Boolean.getBoolean("soak");

	private static final Duration SHORT = SOAK ? Duration.ofSeconds(20) : Duration.ofSeconds(3);

	private static final Duration LONG = Duration.ofSeconds(60);

	/** After which it must have gone on, at the latest. */
	private static final Duration SECONDS = Duration.ofSeconds(15);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final List<String> FIGURES = new ArrayList<>();

	@Test
	void passesWithoutAnotherProcess(@TempDir Path directory) throws Exception {
		try (var stage = new Stage(directory, Map.of("max_connections", "60"));
				var trial = new Trial(stage, stage.replica("trouble"))) {
			trial.of("read-only", SHORT, new Trouble.ReadOnly());
			trial.of("no connections", SHORT, new Trouble.NoConnections());
			trial.of("column added", SHORT, new Trouble.ColumnAdded());
			trial.check();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes: -Psoak runs it")
	void passesAfterAMinute(@TempDir Path directory) throws Exception {
		try (var stage = new Stage(directory); var trial = new Trial(stage, stage.replica("trouble-long"))) {
			trial.of("frozen", LONG, new Trouble.Frozen());
			trial.of("stopped", LONG, new Trouble.Stopped());
			trial.check();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes: -Psoak runs it")
	void passesWhenTheDiskWasFull(@TempDir Path directory) throws Exception {
		try (var disk = SmallDisk.mount(directory.resolve("disk"));
				var stage = new Stage(disk.path());
				var trial = new Trial(stage, stage.replica("trouble-disk"))) {
			trial.of("disk full", Duration.ofSeconds(25), new Trouble.FullDisk());
			trial.check();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes: -Psoak runs it")
	void passesWhenNobodyCouldBeNotified(@TempDir Path directory) throws Exception {
		assumeThat(Integer.getInteger("postgres.version", 18)).as("whose queue can be small").isGreaterThan(16);
		try (var stage = new Stage(directory, Map.of("max_notify_queue_pages", "64"));
				var trial = new Trial(stage, stage.replica("trouble-notify"))) {
			trial.of("NOTIFY queue full", SHORT, new Trouble.FullQueue());
			trial.check();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes minutes: -Psoak runs it")
	void passesWhenTheStandbyTookOver(@TempDir Path directory) throws Exception {
		try (var stage = new Stage(directory);
				var standby = Standby.of(stage.postgres(), directory.resolve("standby"))) {
			var replica = stage.replica("trouble-standby").with("SPRING_DATASOURCE_URL", standby.urlOfBoth());
			try (var trial = new Trial(stage, replica)) {
				trial.of("standby promoted", Duration.ZERO, standby.takeover());
				trial.check();
			}
		}
	}

	/**
	 * Requests to one replica, before, during and after each trouble.
	 */
	private static final class Trial implements AutoCloseable {

		private final Stage stage;

		private final ServiceProcess replica;

		private final Traffic traffic;

		private MortalPostgres database;

		Trial(Stage stage, ServiceProcess replica) {
			this.stage = stage;
			this.replica = replica.with("PROFILEWORKFLOWS_OUTBOX_MAXATTEMPTS", "10");
			this.database = stage.postgres();
			replica.start();
			replica.awaitReady();
			traffic = new Traffic(replica);
		}

		void of(String name, Duration time, Trouble trouble) throws Exception {
			awaitProgress();
			var answers = traffic.answers();
			trouble.begin(database);
			var begin = System.nanoTime();
			var notReady = time.isZero() ? -1 : seconds(begin, () -> !replica.isReady(), time);
			TimeUnit.NANOSECONDS.sleep(time.toNanos() - (System.nanoTime() - begin));
			var duringTrouble = since(answers);
			trouble.end(database);
			if (trouble instanceof Standby.Takeover takeover) {
				database = takeover.promoted();
			}
			var end = System.nanoTime();
			var accepted = traffic.accepted().size();
			var made = stage.aws().workflows().size();
			var accepts = seconds(end, () -> traffic.accepted().size() > accepted, PATIENCE);
			var creates = seconds(end, () -> stage.aws().workflows().size() > made, PATIENCE);
			var ready = seconds(end, replica::isReady, PATIENCE);
			report(name, time, notReady, duringTrouble, accepts, creates, ready);
			assertThat(List.of(accepts, creates, ready)).as("seconds after %s", name)
				.allMatch(seconds -> seconds >= 0 && seconds < SECONDS.toSeconds());
			assertThat(traffic.answers().keySet()).as("all answers, after %s", name).isSubsetOf(202, 503);
			assertThat(replica.isAlive()).isTrue();
		}

		private void awaitProgress() {
			var accepted = traffic.accepted().size();
			var made = stage.aws().workflows().size();
			await("for requests to be carried out").atMost(PATIENCE)
				.until(() -> traffic.accepted().size() > accepted + 5 && stage.aws().workflows().size() > made + 5);
		}

		private Map<Integer, Integer> since(Map<Integer, Integer> before) {
			var now = new TreeMap<>(traffic.answers());
			before.forEach((status, number) -> now.merge(status, -number, Integer::sum));
			now.values().removeIf(number -> number == 0);
			return now;
		}

		private static double seconds(long begin, BooleanSupplier what, Duration most) {
			while (System.nanoTime() - begin < most.toNanos()) {
				if (what.getAsBoolean()) {
					return (System.nanoTime() - begin) / 1e9;
				}
				Thread.onSpinWait();
				sleep();
			}
			return -1;
		}

		private static void sleep() {
			try {
				Thread.sleep(50);
			}
			catch (InterruptedException failure) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(failure);
			}
		}

		private static void report(String name, Duration time, double notReady, Map<Integer, Integer> answers,
				double accepts, double creates, double ready) throws IOException {
			var line = String.format(Locale.ROOT, "| %s | %d s | %s | %s | %.1f s | %.1f s | %.1f s |", name,
					time.toSeconds(), (notReady < 0) ? "never" : String.format(Locale.ROOT, "after %.1f s", notReady),
					answers, ready, accepts, creates);
			FIGURES.add(line);
			System.out.println("Trouble: " + line);
			Files.write(ServiceImage.DIRECTORY.resolve("trouble.txt"), FIGURES);
		}

		void check() throws Exception {
			traffic.end();
			var ledger = new Ledger(database.jdbc());
			await("for everything to be at AWS").atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(500))
				.until(() -> ledger.entries().values().stream().allMatch(Ledger.Entry::isAtAws));
			var made = stage.aws()
				.workflows()
				.stream()
				.collect(Collectors.groupingBy(SimulatedWorkflow::flowName, Collectors.counting()));
			System.out.printf("Trouble: %d requests, answers %s, attempts by outcome %s, phases %s%n",
					traffic.accepted().size(), traffic.answers(), ledger.outcomes(), ledger.phases());
			assertSoftly(softly -> {
				softly.assertThat(made.keySet()).as("lost or not asked for").isEqualTo(traffic.accepted().keySet());
				softly.assertThat(made.values()).as("made once").containsOnly(1L);
				softly.assertThat(stage.aws().duplicates()).as("duplicates").isZero();
				softly.assertThat(ledger.entries().keySet()).as("written down").isEqualTo(traffic.accepted().keySet());
				softly.assertThat(ledger.parked()).as("parked").isZero();
				softly.assertThat(replica.isAlive()).as("the same process").isTrue();
			});
		}

		@Override
		public void close() {
			traffic.close();
			replica.close();
		}

	}

}
