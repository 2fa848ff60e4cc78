package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BudgetQueueTests {

	private static final Operation GET = Operation.GET_WORKFLOW;

	private static final Duration LONG = Duration.ofSeconds(30);

	private final BudgetDatabase database = new BudgetDatabase(1, 5);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final BudgetQueue queue = new BudgetQueue(database.budget(), meters);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final BlockingQueue<Priority> passed = new LinkedBlockingQueue<>();

	@BeforeEach
	void begin() {
		database.fill();
	}

	@AfterEach
	void end() {
		threads.shutdownNow();
		threads.close();
		database.close();
	}

	@Test
	void letsOnePassAtOnceWhenNothingWasSentForLong() {
		assertThat(queue.pass(GET, Priority.SWEEP, Duration.ofMillis(500))).isTrue();
	}

	@Test
	void letsTheMoreUrgentPassFirst() throws InterruptedException {
		shutFor(Duration.ofSeconds(2));
		var first = send(Priority.SWEEP);
		awaitWaiting(1);
		List.of(Priority.SWEEP, Priority.CALLER, Priority.RECONCILIATION, Priority.CALLER).forEach(this::send);
		awaitWaiting(5);

		assertThat(List.of(next(), next(), next(), next(), next())).containsExactly(Priority.RECONCILIATION,
				Priority.CALLER, Priority.CALLER, Priority.SWEEP, Priority.SWEEP);
		assertThat(first).succeedsWithin(LONG);
	}

	@Test
	void letsTheOlderOfTwoEquallyUrgentPassFirst() throws InterruptedException {
		shutFor(Duration.ofSeconds(1));
		var order = new LinkedBlockingQueue<Integer>();
		for (int number = 0; number < 4; number++) {
			var me = number;
			threads.submit(() -> {
				queue.pass(GET, Priority.CALLER, LONG);
				return order.add(me);
			});
			awaitWaiting(number + 1);
		}

		assertThat(List.of(order.take(), order.take(), order.take(), order.take())).containsExactly(0, 1, 2, 3);
	}

	@Test
	void turnsAwayWhoeverHasWaitedLongEnough() {
		shutFor(Duration.ofMinutes(1));
		send(Priority.RECONCILIATION);
		awaitWaiting(1);

		var begin = System.nanoTime();
		assertThat(queue.pass(GET, Priority.SWEEP, Duration.ofMillis(200))).as("behind another").isFalse();
		assertThat(queue.pass(Operation.LIST_WORKFLOWS, Priority.SWEEP, Duration.ofMillis(200))).as("first").isFalse();

		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(400),
				Duration.ofMillis(900));
	}

	@Test
	void spendsNothingOnWhoeverIsTurnedAway() {
		shutFor(Duration.ofMillis(600));

		assertThat(queue.pass(GET, Priority.CALLER, Duration.ofMillis(50))).isFalse();

		assertThat(database.number("""
				select case when next_free_at <= clock_timestamp() + interval '600 ms' then 1 else 0 end
				from upstream_budget where operation = :operation
				""", GET)).isOne();
	}

	@Test
	void letsNobodyWaitForAnotherOperation() {
		shutFor(Duration.ofMinutes(1));
		send(Priority.RECONCILIATION);
		awaitWaiting(1);
		database.shut(Operation.LIST_WORKFLOWS, Duration.ZERO);

		assertThat(queue.pass(Operation.LIST_WORKFLOWS, Priority.SWEEP, Duration.ofSeconds(2))).isTrue();
	}

	@Test
	void holdsNoConnectionWhileSomebodyWaits() {
		shutFor(Duration.ofSeconds(3));
		nCopies(20, Priority.CALLER).forEach(this::send);
		awaitWaiting(20);

		var begin = System.nanoTime();
		for (int look = 0; look < 20; look++) {
			assertThat(database.jdbc().sql("select 1").query(Integer.class).single()).isOne();
		}

		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
		assertThat(passed).as("who waited meanwhile").isEmpty();
	}

	@Test
	void letsManyPassOneAfterTheOther() throws InterruptedException {
		var quick = new BudgetDatabase(2, 200);
		var many = new BudgetQueue(quick.budget(), meters);
		try {
			Callable<Boolean> waiter = () -> many.pass(GET, Priority.CALLER, LONG);
			var begin = System.nanoTime();

			assertThat(threads.invokeAll(nCopies(200, waiter)))
				.allSatisfy(done -> assertThat(done.resultNow()).isTrue());

			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(990),
					Duration.ofSeconds(15));
			assertThat(meters.timer("upstream.budget.wait", "operation", "GetWorkflow").count()).isEqualTo(200);
		}
		finally {
			quick.close();
		}
	}

	@Test
	void turnsAwayWhoeverIsInterrupted() {
		shutFor(Duration.ofMinutes(1));
		var waiting = Thread.ofVirtual().start(() -> {
			if (!queue.pass(GET, Priority.CALLER, LONG) && Thread.currentThread().isInterrupted()) {
				passed.add(Priority.CALLER);
			}
		});
		awaitWaiting(1);

		waiting.interrupt();

		await().until(() -> !passed.isEmpty());
		assertThat(queue.waiting(GET)).isZero();
	}

	private Future<Boolean> send(Priority priority) {
		return threads.submit(() -> queue.pass(GET, priority, LONG) && passed.add(priority));
	}

	private Priority next() throws InterruptedException {
		var next = passed.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("somebody passes within 20 seconds").isNotNull();
		return next;
	}

	private void awaitWaiting(int number) {
		await().until(() -> queue.waiting(GET) == number);
	}

	private void shutFor(Duration time) {
		for (var operation : Operation.values()) {
			database.shut(operation, time);
		}
	}

}
