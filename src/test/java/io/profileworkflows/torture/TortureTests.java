package io.profileworkflows.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Faults;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.SimulatedWorkflow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

/**
 * Two replicas work while requests arrive all the time, AWS fails half of its creates in
 * all its ways, and at random a replica is killed or frozen or the database crashes. In
 * the end there must be one workflow for each request. {@code -Dtorture.kills} sets how
 * often, {@code -Dtorture.within} ends that earlier, {@code -Dtorture.seed} repeats a
 * choice.
 */
@Tag("sql")
@OnStage
class TortureTests {

	private static final int KILLS = Integer.getInteger("torture.kills", 4);

	private static final Duration WITHIN = Duration.parse(System.getProperty("torture.within", "P1D"));

	private static final long SEED = Long.getLong("torture.seed", new Random().nextLong(1_000_000));

	/** Requests that a run must have had for each kill, or it has shown nothing. */
	private static final int LEAST_REQUESTS = 5;

	/** What AWS takes to carry out a request whose connection is gone. */
	private static final Duration DELAYED = Duration.ofMillis(1500);

	private final Random random = new Random(SEED);

	private final Map<Kill, Integer> kills = new EnumMap<>(Kill.class);

	@Test
	void makesOneWorkflowOfEachRequestWhateverDies(@TempDir Path directory) throws Exception {
		System.out.printf("Torture: %d kills, seed %d%n", KILLS, SEED);
		try (var stage = new Stage(directory)) {
			var replicas = new ServiceProcess[] { stage.replica("torture-a"), stage.replica("torture-b") };
			List.of(replicas).forEach(ServiceProcess::start);
			List.of(replicas).forEach(ServiceProcess::awaitReady);
			var begin = System.nanoTime();
			var traffic = new Traffic(() -> stage.aws().workflows().size(), replicas);
			try (traffic) {
				makeTrouble(stage.aws().faults());
				for (var kill : Kill.deck(KILLS, random)) {
					if (System.nanoTime() - begin > WITHIN.toNanos()) {
						break;
					}
					pause(1000, 4000);
					var victim = oneOf(awaitReady(replicas));
					kills.merge(kill, 1, Integer::sum);
					carryOut(kill, stage.postgres(), victim, replicas);
					awaitReady(replicas);
				}
				pause(1000, 2000);
				traffic.end();
			}
			stage.aws().faults().clear();
			var ledger = new Ledger(stage.postgres().jdbc());
			awaitTheEndOfAll(ledger);
			report(stage, traffic, ledger, Duration.ofNanos(System.nanoTime() - begin));
			check(stage, traffic.accepted(), ledger, kills.values().stream().mapToInt(Integer::intValue).sum());
		}
	}

	private static void makeTrouble(Faults faults) {
		faults.seed(SEED)
			.lag(new Faults.Lag(Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofMillis(700)))
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.RESET_BEFORE, 0.1)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.RESET_AFTER, 0.1)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_BEFORE, 0.1)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.ERROR_500_AFTER, 0.1)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.THROTTLE_429, 0.1)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.resetThenAct(DELAYED), 0.05)
			.chance(Operation.CREATE_INTEGRATION_WORKFLOW, Fault.delayAfter(Duration.ofSeconds(1)), 0.05);
		for (var read : List.of(Operation.LIST_WORKFLOWS, Operation.GET_WORKFLOW, Operation.GET_WORKFLOW_STEPS)) {
			faults.chance(read, Fault.RESET_BEFORE, 0.02)
				.chance(read, Fault.ERROR_500_BEFORE, 0.02)
				.chance(read, Fault.THROTTLE_429, 0.02);
		}
	}

	private void carryOut(Kill kill, MortalPostgres postgres, ServiceProcess victim, ServiceProcess... replicas)
			throws InterruptedException {
		switch (kill) {
			case PROCESS -> {
				victim.kill();
				pause(0, 1000);
				victim.start();
			}
			case FREEZE -> {
				victim.freeze();
				Thread.sleep(Stage.LEASE.plusSeconds(2));
				victim.thaw();
			}
			case DATABASE -> {
				postgres.crash();
				pause(200, 3000);
				postgres.restart();
			}
		}
		for (var replica : replicas) {
			// one that the database left alone while it started gives up, as it should
			if (!replica.isAlive()) {
				replica.start();
			}
		}
	}

	private ServiceProcess oneOf(List<ServiceProcess> some) {
		return some.get(random.nextInt(some.size()));
	}

	private void pause(int from, int to) throws InterruptedException {
		Thread.sleep(random.nextInt(from, to));
	}

	/**
	 * Waits for one at least. Others may still start, or have too much to do just now;
	 * one that still starts may end by itself before its end comes.
	 */
	private static List<ServiceProcess> awaitReady(ServiceProcess... replicas) {
		return await("for a replica to be ready").atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> {
				Stream.of(replicas).filter(replica -> !replica.isAlive()).forEach(ServiceProcess::start);
				return Stream.of(replicas).filter(ServiceProcess::isReady).toList();
			}, ready -> !ready.isEmpty());
	}

	private static void awaitTheEndOfAll(Ledger ledger) {
		await("for everything to be at AWS").atMost(Duration.ofMinutes(4))
			.pollInterval(Duration.ofMillis(500))
			.conditionEvaluationListener(state -> {
				if (state.getRemainingTimeInMS() < 600) {
					System.out.println("Torture: still " + ledger.phases());
				}
			})
			.until(() -> ledger.entries().values().stream().allMatch(Ledger.Entry::isAtAws));
	}

	private void report(Stage stage, Traffic traffic, Ledger ledger, Duration time) throws IOException {
		var entries = ledger.entries().values();
		var outcomes = new TreeMap<>(ledger.outcomes());
		var line = "seed %d: %d requests, asked again %d times; %s; creates arrived %d, acted %d; attempts by outcome %s; adopted %d; phases %s; %d s"
			.formatted(SEED, traffic.accepted().size(), traffic.repeated(), kills,
					traffic.accepted().keySet().stream().mapToInt(stage.aws().calls()::createCallsOf).sum(),
					stage.aws().workflows().size(), outcomes,
					entries.stream().filter(entry -> "ADOPTED".equals(entry.provenance())).count(), ledger.phases(),
					time.toSeconds());
		System.out.println("Torture: " + line);
		Files.writeString(ServiceImage.DIRECTORY.resolve("summary.txt"), line + System.lineSeparator(),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static void check(Stage stage, Map<String, String> accepted, Ledger ledger, int kills) {
		var made = stage.aws()
			.workflows()
			.stream()
			.collect(Collectors.groupingBy(SimulatedWorkflow::flowName,
					Collectors.mapping(SimulatedWorkflow::workflowId, Collectors.toList())));
		var entries = ledger.entries();
		var outcomes = ledger.outcomes();
		assertSoftly(softly -> {
			softly.assertThat(accepted.keySet()).as("lost").allMatch(made::containsKey);
			softly.assertThat(made.keySet()).as("that nobody asked for").allMatch(accepted::containsKey);
			softly.assertThat(stage.aws().calls().createdMoreThanOnce()).as("made more than once").isEmpty();
			softly.assertThat(stage.aws().duplicates()).as("duplicates").isZero();
			softly.assertThat(entries.keySet()).as("written down").isEqualTo(accepted.keySet());
			softly.assertThat(entries.values()).as("of the client and of AWS").allSatisfy(entry -> {
				assertThat(entry.workflowId()).isEqualTo(accepted.get(entry.flowName()));
				assertThat(List.of(entry.remoteWorkflowId())).isEqualTo(made.get(entry.flowName()));
			});
			softly.assertThat(accepted).as("requests").hasSizeGreaterThan(LEAST_REQUESTS * kills);
			softly.assertThat(outcomes).as("outcomes").containsKeys("CREATED", "UNKNOWN", "NOT_SENT");
			softly.assertThat(entries.values())
				.as("provenance")
				.anyMatch(entry -> "ADOPTED".equals(entry.provenance()));
		});
	}

	private enum Kill {

		PROCESS, FREEZE, DATABASE;

		/** All kinds in each four, in an order that nobody planned. */
		static List<Kill> deck(int size, Random random) {
			var kinds = List.of(PROCESS, PROCESS, FREEZE, DATABASE);
			var deck = new ArrayList<Kill>();
			while (deck.size() < size) {
				var next = new ArrayList<>(kinds);
				Collections.shuffle(next, random);
				deck.addAll(next);
			}
			return deck.subList(0, size);
		}

	}

}
