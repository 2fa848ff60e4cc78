package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("sql")
class BudgetTests {

	private static final int ALLOWED = 5;

	/** Between two turns, at the part of the quota that is used. */
	private static final double PACE = 1 / (ALLOWED * 0.96);

	private final BudgetDatabase database = new BudgetDatabase(8, ALLOWED);

	private final Budget budget = database.budget();

	@BeforeEach
	void begin() {
		database.fill();
	}

	@AfterEach
	void end() {
		database.close();
	}

	@Test
	void letsTheFirstCallBeginAtOnce() {
		assertThat(take().remaining()).isZero();
	}

	@Test
	void givesTurnsAtAnEvenPace() {
		var first = take();
		var second = take();

		assertThat(Duration.ofNanos(second.at() - first.at()).toMillis()).isCloseTo(Math.round(PACE * 1000),
				within(30L));
	}

	@Test
	void tellsWhenToAskAgain() {
		database.shut(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofSeconds(2));

		var none = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);

		assertThat(none.isTaken()).isFalse();
		assertThat(none.remaining()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1800));
	}

	@Test
	void neverLetsMoreBeginInASecondThanAwsAllowsHoweverManyAsk() throws InterruptedException {
		database.recordTurns();
		var end = Deadline.in(Duration.ofSeconds(4));
		Callable<Integer> taker = () -> {
			var taken = 0;
			while (!end.hasPassed()) {
				var turn = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);
				TimeUnit.NANOSECONDS.sleep(turn.remaining().toNanos() + TimeUnit.MILLISECONDS.toNanos(5));
				taken += turn.isTaken() ? 1 : 0;
			}
			return taken;
		};
		int taken;
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			taken = threads.invokeAll(nCopies(8, taker)).stream().mapToInt(done -> done.resultNow()).sum();
		}

		var turns = database.turns();
		assertThat(turns).hasSize(taken);
		assertThat(shortestOf(turns, ALLOWED)).as("six calls in a row, by the database's clock").isGreaterThan(1);
		var span = turns.getLast() - turns.getFirst();
		assertThat((turns.size() - 1) / span).as("takers that are late lose no turn")
			.isGreaterThanOrEqualTo(0.95 * ALLOWED);
	}

	@Test
	void readsTheClockOnlyOnceNobodyElseHoldsTheBudget() throws Exception {
		database.recordTurns();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var waiting = database.transaction().execute(_ -> {
				take();
				var blocked = threads.submit(this::take);
				database.awaitBlocked();
				database.sleep(Duration.ofMillis(400));
				return blocked;
			});
			waiting.get();
		}
		take();

		assertThat(shortestOf(database.turns().subList(1, 3), 1)).isCloseTo(PACE, within(0.02));
		assertThat(database.turns().get(1) - database.turns().get(0)).as("begins after it was let in")
			.isGreaterThan(0.35);
	}

	@Test
	void countsOperationsThatNoMigrationKnowsFromTheirFirstCallOn() {
		var operation = Operation.LIST_INTEGRATIONS;
		database.jdbc().sql("delete from upstream_budget where operation = 'ListIntegrations'").update();
		var before = database.jdbc().sql("select extract(epoch from clock_timestamp())").query(Double.class).single();

		assertThat(budget.tryTake(operation).isTaken()).isTrue();

		assertThat(database.number(
				"select extract(epoch from next_free_at) from upstream_budget where operation = :operation", operation)
				- before)
			.as("when the next may begin")
			.isGreaterThanOrEqualTo(0.99 * PACE);
	}

	@Test
	void waitsForATurn() throws InterruptedException {
		database.shut(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofMillis(150));
		var turn = take();

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, turn);

		assertThat(turn.remaining()).isZero();
	}

	@Test
	void putsOffAllCallsAfterOneThatBeginsLate() throws InterruptedException {
		take();
		var free = nextFree(Operation.CREATE_INTEGRATION_WORKFLOW);

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(300, 1000));

		assertThat(nextFree(Operation.CREATE_INTEGRATION_WORKFLOW) - free).isCloseTo(0.3, within(0.1));
		assertThat(secondsUntilFree(Operation.LIST_WORKFLOWS)).as("of another operation").isNegative();
	}

	@Test
	void putsOffCallsOnceForAllThatBeginLateTogether() throws InterruptedException {
		take();
		var free = nextFree(Operation.CREATE_INTEGRATION_WORKFLOW);
		var late = late(300, 1000);

		for (int call = 0; call < 20; call++) {
			budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late);
		}
		assertThat(nextFree(Operation.CREATE_INTEGRATION_WORKFLOW) - free).isCloseTo(0.35, within(0.15));

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(700, 1000, Duration.ofMillis(300)));
		assertThat(nextFree(Operation.CREATE_INTEGRATION_WORKFLOW) - free).as("late once more")
			.isCloseTo(1, within(0.2));
	}

	@Test
	void keepsTheNextCallAwayFromALateOneThoughAllStoodStill() throws InterruptedException {
		database.jdbc().sql("update upstream_budget set next_free_at = clock_timestamp() - interval '2 s'").update();

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(2000, 200));

		assertThat(secondsUntilFree(Operation.CREATE_INTEGRATION_WORKFLOW)).isCloseTo(0.2, within(0.05));
	}

	@Test
	void writesNothingDownThatIsTooLittle() throws InterruptedException {
		take();
		var free = nextFree(Operation.CREATE_INTEGRATION_WORKFLOW);

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(2000, 4));
		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(2000, 4));
		assertThat(nextFree(Operation.CREATE_INTEGRATION_WORKFLOW)).isEqualTo(free);

		budget.await(Operation.CREATE_INTEGRATION_WORKFLOW, late(2000, 4));
		assertThat(nextFree(Operation.CREATE_INTEGRATION_WORKFLOW) - free).isCloseTo(0.012, within(0.0001));
	}

	@Test
	void endsATurnBeforeItCouldBeTheSeventhInASecond() {
		var interval = take().interval();

		assertThat(interval.toMillis()).isEqualTo(208);
		assertThat(Turn.lasts(interval).toMillis()).isEqualTo(156);
	}

	@Test
	void countsTheTimeOfATurnFromBeforeItWasRead() {
		var asked = System.nanoTime() - Duration.ofSeconds(3).toNanos();

		var turn = Turn.taken(asked, Duration.ofMillis(200), Duration.ofMillis(208), Duration.ZERO);

		assertThat(turn.isOver()).as("of a process that was frozen in between").isTrue();
		assertThat(turn.remaining()).as("begins never too early").isPositive();
	}

	@Test
	void doesNotLoseATurnToTheWaitForTheBudget() throws Exception {
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var released = new AtomicLong();
			var waiting = database.transaction().execute(_ -> {
				take();
				var blocked = threads.submit(() -> budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW));
				database.awaitBlocked();
				database.sleep(Duration.ofMillis(600));
				released.set(System.nanoTime());
				return blocked;
			});

			assertThat(waiting.get().until()).isGreaterThan(released.get());
		}
	}

	@Test
	void makesUpForTurnsThatWereGivenUp() {
		budget.takeAnew(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofSeconds(2));

		assertThat(pace(Operation.CREATE_INTEGRATION_WORKFLOW)).isCloseTo(1 / (ALLOWED * 0.98), within(0.001));
		database.jdbc().sql("update upstream_budget set lost = 0.01").update();
		take();
		assertThat(lost()).as("once that is made up for").isZero();
		assertThat(pace(Operation.CREATE_INTEGRATION_WORKFLOW)).isCloseTo(PACE, within(0.001));
	}

	@Test
	void makesUpForTwoSecondsAtMost() {
		IntStream.range(0, 15)
			.forEach(_ -> budget.takeAnew(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofMinutes(1)));

		assertThat(lost()).isCloseTo(2 / PACE, within(0.1));
	}

	@Test
	void makesUpForNothingOnceAwsThrottles() {
		budget.takeAnew(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofSeconds(2));

		budget.lower(Operation.CREATE_INTEGRATION_WORKFLOW, null);

		assertThat(lost()).isZero();
	}

	private double lost() {
		return database.number("select lost from upstream_budget where operation = :operation",
				Operation.CREATE_INTEGRATION_WORKFLOW);
	}

	@Test
	void spendsNothingOnWhatIsRolledBack() {
		database.transaction().executeWithoutResult(status -> {
			take();
			status.setRollbackOnly();
		});

		assertThat(take().remaining()).isZero();
	}

	@Test
	void countsEachOperationByItself() {
		database.shut(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofSeconds(2));

		assertThat(budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW).isTaken()).isFalse();
		assertThat(budget.tryTake(Operation.LIST_WORKFLOWS).remaining()).isZero();
	}

	@Test
	void chargesForWhatWasSentWithoutATurn() {
		budget.charge(Operation.GET_WORKFLOW, 2);

		assertThat(secondsUntilFree(Operation.GET_WORKFLOW)).isCloseTo(2 * PACE, within(0.1));
		assertThat(budget.tryTake(Operation.LIST_WORKFLOWS).isTaken()).isTrue();
	}

	@Test
	void goesSlowerAfterAwsThrottled() {
		budget.lower(Operation.LIST_WORKFLOWS, null);
		assertThat(share(Operation.LIST_WORKFLOWS)).isCloseTo(0.9, within(0.001));

		budget.lower(Operation.LIST_WORKFLOWS, null);
		assertThat(share(Operation.LIST_WORKFLOWS)).isCloseTo(0.81, within(0.01));
		assertThat(share(Operation.GET_WORKFLOW)).isEqualTo(1);
		assertThat(pace(Operation.LIST_WORKFLOWS)).isCloseTo(PACE / 0.81, within(0.01));
	}

	@Test
	void neverStopsForGoodHoweverOftenAwsThrottles() {
		IntStream.range(0, 60).forEach(_ -> budget.lower(Operation.LIST_WORKFLOWS, null));

		assertThat(share(Operation.LIST_WORKFLOWS)).isEqualTo(0.1);
	}

	@Test
	void goesFasterAgainWithTime() {
		IntStream.range(0, 4).forEach(_ -> budget.lower(Operation.LIST_WORKFLOWS, null));
		var lowered = share(Operation.LIST_WORKFLOWS);

		database.letPass(Duration.ofSeconds(20));
		assertThat(pace(Operation.LIST_WORKFLOWS)).isCloseTo(PACE / (lowered + 0.2), within(0.01));
		database.letPass(Duration.ofMinutes(10));
		assertThat(pace(Operation.LIST_WORKFLOWS)).as("never faster than allowed").isCloseTo(PACE, within(0.001));
	}

	@Test
	void waitsAsLongAsAwsAsks() {
		budget.lower(Operation.LIST_WORKFLOWS, Duration.ofSeconds(7));

		assertThat(budget.tryTake(Operation.LIST_WORKFLOWS).isTaken()).isFalse();
		assertThat(secondsUntilFree(Operation.LIST_WORKFLOWS)).isCloseTo(7, within(0.5));
		database.letPass(Duration.ofSeconds(7));
		assertThat(budget.tryTake(Operation.LIST_WORKFLOWS).isTaken()).isTrue();
	}

	@Test
	void neverForgetsALongerPauseForAShorterOne() {
		budget.lower(Operation.LIST_WORKFLOWS, Duration.ofSeconds(7));

		budget.lower(Operation.LIST_WORKFLOWS, Duration.ofSeconds(1));

		assertThat(secondsUntilFree(Operation.LIST_WORKFLOWS)).isCloseTo(7, within(0.5));
	}

	private Turn take() {
		while (true) {
			var turn = budget.tryTake(Operation.CREATE_INTEGRATION_WORKFLOW);
			if (turn.isTaken()) {
				return turn;
			}
			LockSupport.parkNanos(turn.remaining().toNanos());
		}
	}

	private static double shortestOf(List<Double> turns, int apart) {
		return IntStream.range(apart, turns.size())
			.mapToDouble(index -> turns.get(index) - turns.get(index - apart))
			.min()
			.orElseThrow();
	}

	private double share(Operation operation) {
		return database.number("select share from upstream_budget where operation = :operation", operation);
	}

	private double secondsUntilFree(Operation operation) {
		return database.number("""
				select extract(epoch from next_free_at - clock_timestamp()) from upstream_budget
				where operation = :operation
				""", operation);
	}

	/** What one turn now costs. */
	private double pace(Operation operation) {
		database.shut(operation, Duration.ofMillis(150));
		var before = nextFree(operation);
		assertThat(budget.tryTake(operation).isTaken()).isTrue();
		return nextFree(operation) - before;
	}

	private double nextFree(Operation operation) {
		return database.number("""
				select extract(epoch from next_free_at - current_date) from upstream_budget where operation = :operation
				""", operation);
	}

	private static Turn late(int milliseconds, int interval) {
		return late(milliseconds, interval, Duration.ZERO);
	}

	private static Turn late(int milliseconds, int interval, Duration putOff) {
		var at = System.nanoTime() - Duration.ofMillis(milliseconds).toNanos();
		return new Turn(true, at, at, Duration.ofMillis(interval), putOff);
	}

}
