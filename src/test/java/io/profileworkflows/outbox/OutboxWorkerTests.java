package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.profileworkflows.Postgres;
import io.profileworkflows.notifications.Listeners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("sql")
class OutboxWorkerTests {

	private final JdbcConnectionDetails database = Postgres.migrated();

	private final List<Replica> replicas = new ArrayList<>();

	/** Greetings take a permit each to get past the door. */
	private final Semaphore door = new Semaphore(0);

	@BeforeEach
	void begin() {
		try (var replica = new Replica(database, new Greeter(_ -> {
		}), Replica.SETTINGS)) {
			replica.jdbc.sql("truncate outbox").update();
		}
	}

	@AfterEach
	void end() {
		door.release(1_000_000);
		replicas.forEach(Replica::close);
	}

	@Test
	void runsWorkAsSoonAsItIsCommitted() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = start(greeter, Replica.SETTINGS);
		door.release();

		replica.add("anna");

		assertThat(greeter.next()).isEqualTo("anna");
		awaitEmpty(replica);
		assertThat(replica.meters.get("outbox.dispatch.latency").tag("kind", "greeting").timer().count()).isEqualTo(1);
	}

	@Test
	void doesNotRunWorkBeforeItIsCommitted() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = startDeaf(greeter, Replica.polling(Duration.ofMillis(10)));
		door.release(2);

		replica.transaction.executeWithoutResult(_ -> {
			replica.outbox.add("greeting", "anna", "retail");
			CompletableFuture.runAsync(() -> replica.add("berta")).join();
			assertThat(next(greeter)).isEqualTo("berta");
		});

		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void findsWorkThatNobodyToldItOf() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = startDeaf(greeter, Replica.polling(Duration.ofMillis(10)));
		door.release();

		addSilently(replica, "anna");

		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void claimsOnlyAsMuchAsItHasSlotsFor() throws InterruptedException {
		var greeter = new Greeter(2, this::greet);
		var replica = start(greeter, Replica.SETTINGS);

		replica.add("anna", "berta", "clara", "dora");

		await().until(() -> greeter.begun.size() == 2);
		assertThat(claimed(replica)).isEqualTo(2);
		door.release();
		greeter.next();
		await("for the freed slot to be used").until(() -> greeter.begun.size() == 3);
		door.release(3);
		awaitEmpty(replica);
		assertThat(greeter.begun).containsExactlyInAnyOrder("anna", "berta", "clara", "dora");
	}

	@Test
	void neverRunsMoreAtATimeThanItHasSlots() {
		var running = new AtomicInteger();
		var most = new AtomicInteger();
		var replica = new Replica[1];
		var greeter = new Greeter(3, work -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Ends.finish(replica[0].outbox, work);
			running.decrementAndGet();
		});
		replica[0] = start(greeter, Replica.SETTINGS);

		replica[0].add(IntStream.range(0, 500).mapToObj(number -> "guest-" + number).toArray(String[]::new));

		awaitEmpty(replica[0]);
		assertThat(greeter.begun).hasSize(500).doesNotHaveDuplicates();
		assertThat(most).hasValueLessThanOrEqualTo(3);
	}

	@Test
	void claimsNothingWhileItsHandlerWantsNone() throws InterruptedException {
		var paused = new CountDownLatch(1);
		var asked = new CountDownLatch(1);
		var greeter = new Greeter(this::greet) {
			@Override
			public Claims claim(Outbox outbox, int slots) {
				asked.countDown();
				return paused.getCount() > 0 ? Claims.none() : super.claim(outbox, slots);
			}
		};
		var replica = startDeaf(greeter, Replica.polling(Duration.ofMillis(10)));
		door.release();

		replica.add("anna");

		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(claimed(replica)).isZero();
		paused.countDown();
		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void looksAgainWhenItsHandlerSaysWhateverIsAddedMeanwhile() throws InterruptedException {
		var looks = new AtomicInteger();
		var greeter = new Greeter(this::finish) {
			@Override
			public Claims claim(Outbox outbox, int slots) {
				return looks.incrementAndGet() <= 2 ? Claims.noneFor(Duration.ofMillis(400))
						: super.claim(outbox, slots);
			}
		};
		var begin = System.nanoTime();
		var replica = start(greeter, Replica.SETTINGS);

		for (int guest = 0; guest < 20; guest++) {
			replica.add("guest-" + guest);
		}

		greeter.next();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(800));
	}

	@Test
	void stopsAtOnceThoughNothingCanBeClaimedForLong() throws InterruptedException {
		var asked = new CountDownLatch(1);
		var greeter = new Greeter(this::finish) {
			@Override
			public Claims claim(Outbox outbox, int slots) {
				asked.countDown();
				return Claims.noneFor(Duration.ofMinutes(10));
			}
		};
		var replica = start(greeter, Replica.SETTINGS);
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

		var begin = System.nanoTime();
		replica.worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void looksAtEachPollThoughNothingCanBeClaimedForLonger() throws InterruptedException {
		var asked = new CountDownLatch(5);
		var greeter = new Greeter(this::finish) {
			@Override
			public Claims claim(Outbox outbox, int slots) {
				asked.countDown();
				return Claims.noneFor(Duration.ofMinutes(10));
			}
		};

		startDeaf(greeter, Replica.polling(Duration.ofMillis(10)));

		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void doesNotLetPoisonedWorkHoldUpOthers() throws InterruptedException {
		var greeter = new Greeter(1, work -> {
			if (work.subject().equals("poison")) {
				throw new IllegalStateException("poisoned");
			}
			greet(work);
		});
		var replica = start(greeter, Replica.SETTINGS);
		door.release();

		replica.add("poison");
		replica.add("anna");

		assertThat(greeter.next()).isEqualTo("anna");
	}

	@Test
	void runsHastenedWorkAgainWithoutWaitingForThePoll() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = start(greeter, Replica.SETTINGS);
		replica.add("anna");
		await().until(() -> greeter.begun.size() == 1);

		replica.transaction.executeWithoutResult(_ -> replica.outbox.addOrHasten("greeting", "anna", "retail"));
		door.release(2);

		assertThat(greeter.next()).isEqualTo("anna");
		assertThat(greeter.next()).isEqualTo("anna");
		awaitEmpty(replica);
	}

	@Test
	void leavesToOthersWhatItHasNoRoomFor() throws InterruptedException {
		var busy = new Greeter(1, this::greet);
		var idle = new Greeter(1, this::finish);
		var accepting = start(busy, Replica.SETTINGS);
		var helping = start(idle, Replica.SETTINGS);
		awaitListeners(helping, 2);
		accepting.add("anna");
		await().until(() -> busy.begun.size() == 1);

		accepting.add("berta");

		assertThat(idle.next()).isEqualTo("berta");
		assertThat(busy.begun).containsExactly("anna");
	}

	@Test
	void callsForHelpWithALotOfWork() throws InterruptedException {
		var busy = new Greeter(1, this::greet);
		var idle = new Greeter(2, this::finish);
		var accepting = start(busy, Replica.SETTINGS);
		var helping = start(idle, Replica.SETTINGS);
		awaitListeners(helping, 2);

		accepting.add("anna", "berta", "clara");

		idle.next();
		idle.next();
		assertThat(busy.begun).hasSize(1);
	}

	@Test
	void survivesTheLossOfAllItsConnections() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = startDeaf(greeter, Replica.polling(Duration.ofMillis(10)));
		door.release();

		try (var other = new Replica(database, greeter, Replica.SETTINGS)) {
			other.jdbc.sql("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid()
					""").query(Integer.class).single();
			addSilently(other, "anna");
		}

		assertThat(greeter.next()).isEqualTo("anna");
		awaitEmpty(replica);
	}

	@Test
	void waitsForWhatIsInFlightWhenItStops() throws InterruptedException {
		var greeter = new Greeter(1, this::greet);
		var replica = startDeaf(greeter, Replica.gracious(Duration.ofSeconds(20)));
		replica.add("anna", "berta");
		await().until(() -> greeter.begun.size() == 1);

		var stop = CompletableFuture.runAsync(replica.worker::stop);
		await().until(() -> !replica.worker.isRunning());
		assertThat(stop).isNotDone();
		door.release(2);

		assertThat(stop).succeedsWithin(Duration.ofSeconds(10));
		assertThat(greeter.begun).as("claims no more").hasSize(1);
		assertThat(replica.jdbc.sql("select count(*) from outbox where leased_until is null")
			.query(Integer.class)
			.single()).as("left for others").isEqualTo(1);
	}

	@Test
	void leavesWhatOutlastsTheGracePeriodToItsLease() {
		var greeter = new Greeter(1, this::greet);
		var replica = startDeaf(greeter, Replica.gracious(Duration.ofMillis(50)));
		replica.add("anna");
		await().until(() -> greeter.begun.size() == 1);

		replica.worker.stop();

		assertThat(replica.outbox.claim("greeting", 1)).isEmpty();
		assertThat(claimed(replica)).isEqualTo(1);
	}

	@Test
	void doesWhatItClaimedWhileStopping() {
		var lane = new Lane[1];
		var greeter = new Greeter(this::greet) {
			@Override
			public Claims claim(Outbox outbox, int slots) {
				lane[0].beginStop();
				return super.claim(outbox, slots);
			}
		};
		var replica = new Replica(database, greeter, Replica.SETTINGS);
		replicas.add(replica);
		replica.add("anna");
		lane[0] = new Lane(greeter, replica.outbox, replica.runs, replica.wakeUps, Duration.ofHours(1));

		lane[0].start();

		await().untilAsserted(() -> assertThat(greeter.begun).containsExactly("anna"));
	}

	@Test
	void worksAgainAfterAStop() throws InterruptedException {
		var greeter = new Greeter(this::greet);
		var replica = start(greeter, Replica.SETTINGS);
		replica.worker.stop();
		replica.add("anna");
		door.release();

		replica.worker.start();

		assertThat(greeter.next()).isEqualTo("anna");
	}

	private Replica start(Greeter greeter, OutboxSettings settings) {
		var replica = working(new Replica(database, greeter, settings));
		replica.listener.start();
		return replica;
	}

	private Replica startDeaf(Greeter greeter, OutboxSettings settings) {
		return working(Replica.deaf(database, greeter, settings));
	}

	private Replica working(Replica replica) {
		replicas.add(replica);
		replica.worker.start();
		return replica;
	}

	private void greet(Work work) throws InterruptedException {
		assertThat(door.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
		finish(work);
	}

	private void finish(Work work) {
		Ends.finish(replicas.getFirst().outbox, work);
	}

	private static String next(Greeter greeter) {
		try {
			return greeter.next();
		}
		catch (InterruptedException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static void addSilently(Replica replica, String subject) {
		replica.jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				values (:subject, 'greeting', 'retail', clock_timestamp())
				""").param("subject", subject).update();
	}

	private static int claimed(Replica replica) {
		return replica.jdbc.sql("select count(*) from outbox where leased_until > clock_timestamp()")
			.query(Integer.class)
			.single();
	}

	private static void awaitEmpty(Replica replica) {
		await().until(() -> replica.jdbc.sql("select count(*) from outbox").query(Integer.class).single() == 0);
	}

	private static void awaitListeners(Replica replica, int count) {
		await().until(() -> Listeners.in(replica.jdbc).size() == count);
	}

}
