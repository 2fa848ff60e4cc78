package io.profileworkflows.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.SampleRequest;
import io.profileworkflows.Stalls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What AWS sees of three replicas that start at the same time, while creates wait for
 * them: never more than the quota and one in a second, and hardly less than the quota on
 * average. Each replica is a process of its own, cold; one of them is frozen.
 */
@Tag("sql")
@OnStage
class QuotaAtAwsTests {

	private static final int QUOTA = 5;

	private static final double AVERAGE = 0.95 * QUOTA;

	private static final int DOMAINS = 10;

	private static final Duration FROZEN = Duration.ofSeconds(3);

	private static final int NOBODY = Integer.MAX_VALUE;

	/**
	 * Where the machine lets a thread that is ready wait for longer, what is seen here is
	 * later than it was by as much, and the short run has too few turns to make up.
	 */
	private static final Duration QUIET = Duration.ofMillis(50);

	@TempDir
	Path directory;

	@Test
	void keepsTheQuotaFromAColdStartToAThaw() throws Exception {
		var run = run(60, 40);

		run.report("60 creates, frozen after 40");
		assertThat(run.mostInASecond()).as("%s", run).isLessThanOrEqualTo(QUOTA + 1);
		// one turn more or less is 2 % of so few
		assertThat(run.first(40).perSecond()).as("%s", run).isGreaterThanOrEqualTo(run.isQuiet() ? 4.6 : 3.5);
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true")
	void keepsTheQuotaForLong() throws Exception {
		var run = run(150, NOBODY);

		run.report("150 creates");
		assertThat(run.mostInASecond()).as("%s", run).isLessThanOrEqualTo(QUOTA + 1);
		assertThat(run.perSecond()).as("%s", run).isGreaterThanOrEqualTo(AVERAGE);
	}

	@Test
	@EnabledIfSystemProperty(named = "soak", matches = "true")
	void keepsTheQuotaWhenAReplicaIsFrozenAndThawed() throws Exception {
		var run = run(150, 50);

		run.report("150 creates, frozen after 50");
		assertThat(run.mostInASecond()).as("%s", run).isLessThanOrEqualTo(QUOTA + 1);
		assertThat(run.perSecond()).as("%s", run).isGreaterThanOrEqualTo(AVERAGE);
	}

	private Run run(int creates, int frozenAfter) throws Exception {
		try (var stage = new Stage(directory); var aws = new CountingAws(); var stalls = new Stalls()) {
			accept(stage, aws, creates);
			var replicas = Stream.of("quota-a", "quota-b", "quota-c").map(name -> replica(stage, aws, name)).toList();
			stalls.forget();
			replicas.forEach(ServiceProcess::start);
			if (frozenAfter < creates) {
				await().atMost(Duration.ofMinutes(2)).until(() -> aws.arrivals().size() >= frozenAfter);
				freeze(replicas.getFirst(), stage);
				Thread.sleep(FROZEN);
				replicas.getFirst().thaw();
			}
			var ledger = new Ledger(stage.postgres().jdbc());
			await("for all to be submitted").atMost(Duration.ofMinutes(3))
				.until(() -> ledger.phases().getOrDefault("SUBMITTED", 0L) == creates);
			var given = stage.postgres()
				.jdbc()
				.sql("select count(*) from submission_attempt")
				.query(Integer.class)
				.single();
			return new Run(aws.arrivals(), given, stalls.longest());
		}
	}

	/** Leaves so many accepted and not sent. */
	private static void accept(Stage stage, CountingAws aws, int creates) throws InterruptedException {
		var taker = replica(stage, aws, "quota-taker").with("PROFILEWORKFLOWS_OUTBOX_WORK", "false");
		taker.start();
		taker.awaitReady();
		try (var client = new PatientClient(taker)) {
			for (var number = 0; number < creates; number++) {
				client.ask(SampleRequest.of("domain-" + number % DOMAINS, "quota-%03d".formatted(number)));
			}
		}
		taker.kill();
		assertThat(aws.arrivals()).isEmpty();
	}

	private static ServiceProcess replica(Stage stage, CountingAws aws, String name) {
		return stage.replica(name)
			.with("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", aws.endpoint().toString())
			.with("PROFILEWORKFLOWS_UPSTREAM_REQUESTSPERSECOND", Integer.toString(QUOTA))
			.with("PROFILEWORKFLOWS_UPSTREAM_CALLTIMEOUT", "30s")
			.with("PROFILEWORKFLOWS_OUTBOX_LEASE", "60s")
			.with("PROFILEWORKFLOWS_OUTBOX_POLLINTERVAL", "1s")
			.with("PROFILEWORKFLOWS_SUBMISSION_SETTLETIME", "6m")
			.with("PROFILEWORKFLOWS_TRACKING_SWEEPINTERVAL", "1m")
			.with("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "5000");
	}

	/**
	 * One that is frozen in the middle of its claim holds the budget until it is thawed,
	 * or until the database ends its session: there is no turn for anybody then.
	 */
	private static void freeze(ServiceProcess victim, Stage stage) {
		await("for a moment outside of its claim").pollInterval(Duration.ofMillis(50)).until(() -> {
			victim.freeze();
			var holding = stage.postgres().jdbc().sql("""
					select count(*) from pg_locks
					where relation = 'upstream_budget'::regclass and mode = 'RowShareLock' and granted
					""").query(Long.class).single();
			if (holding > 0) {
				victim.thaw();
			}
			return holding == 0;
		});
	}

	/**
	 * @param arrivals in nanoseconds
	 * @param attempts that were made at all of them
	 * @param stall the longest of this machine
	 */
	private record Run(List<Long> arrivals, int attempts, Duration stall) {

		Run {
			arrivals = arrivals.stream().sorted().toList();
		}

		Run first(int number) {
			return new Run(arrivals.subList(0, number), attempts, stall);
		}

		boolean isQuiet() {
			return stall.compareTo(QUIET) < 0;
		}

		double perSecond() {
			return (arrivals.size() - 1) / ((arrivals.getLast() - arrivals.getFirst()) / 1e9);
		}

		/**
		 * What is seen here may be later than it was by as much as the machine stalls.
		 */
		long mostInASecond() {
			return mostWithin(Duration.ofSeconds(1).minus(isQuiet() ? Duration.ZERO : stall).toNanos());
		}

		private long mostWithin(long second) {
			return arrivals.stream()
				.mapToLong(begin -> arrivals.stream()
					.filter(arrival -> arrival >= begin && arrival - begin < second)
					.count())
				.max()
				.orElse(0);
		}

		void report(String what) throws IOException {
			var line = "%s: %s".formatted(what, this);
			System.out.println("Quota: " + line);
			Files.writeString(ServiceImage.DIRECTORY.resolve("quota.txt"), line + System.lineSeparator(),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}

		@Override
		public String toString() {
			var inARow = IntStream.range(0, arrivals.size() - QUOTA - 1)
				.mapToLong(index -> arrivals.get(index + QUOTA + 1) - arrivals.get(index))
				.min()
				.orElse(0);
			return "%.2f a second, at most %d in one, 7 in %.0f ms at the least; %d attempts; the machine stalled for %d ms"
				.formatted(perSecond(), mostWithin(1_000_000_000), inARow / 1e6, attempts, stall.toMillis());
		}

	}

}
