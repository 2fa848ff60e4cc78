package io.profileworkflows.outbox;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.awaitility.Awaitility.await;

@PostgresTest
@Sql(statements = "truncate outbox")
class OutboxTests {

	@Autowired
	Outbox outbox;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	JdbcClient jdbc;

	@Test
	void givesWhatIsDueToWhoeverClaimsIt() {
		add("greeting", "anna");

		assertThat(outbox.claim("greeting", 10)).singleElement().satisfies(work -> {
			assertThat(work.kind()).isEqualTo("greeting");
			assertThat(work.subject()).isEqualTo("anna");
			assertThat(work.domain()).isEqualTo("retail");
			assertThat(work.failures()).isZero();
			assertThat(work.claimedAt()).isAfterOrEqualTo(work.dueAt());
			assertThat(work.leasedUntil()).isEqualTo(work.claimedAt().plusSeconds(60));
		});
	}

	@Test
	void doesNotGiveWorkOfAnotherKind() {
		add("greeting", "anna");

		assertThat(outbox.claim("farewell", 10)).isEmpty();
	}

	@Test
	void givesTheOldestFirstAndNoMoreThanAskedFor() {
		add("greeting", "anna");
		add("greeting", "berta");
		jdbc.sql("update outbox set due_at = due_at - interval '1 hour' where subject = 'berta'").update();

		assertThat(outbox.claim("greeting", 1)).extracting(Work::subject).containsExactly("berta");
		assertThat(outbox.claim("greeting", 1)).extracting(Work::subject).containsExactly("anna");
	}

	@Test
	void doesNotGiveWorkBeforeItIsDue() {
		addLater("anna", "1 hour");

		assertThat(outbox.claim("greeting", 10)).isEmpty();
		letTimePass(Duration.ofHours(1));
		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void forgetsWorkWhoseTransactionWasRolledBack() {
		transaction.executeWithoutResult(status -> {
			outbox.add("greeting", "anna", "retail");
			status.setRollbackOnly();
		});

		assertThat(outbox.claim("greeting", 10)).isEmpty();
	}

	@Test
	void forgetsAClaimWhoseTransactionWasRolledBack() {
		add("greeting", "anna");
		var lost = transaction.execute(status -> {
			status.setRollbackOnly();
			return outbox.claim("greeting", 1).getFirst();
		});

		assertThat(Ends.finish(outbox, lost)).isFalse();
		assertThat(outbox.claim("greeting", 1)).singleElement()
			.satisfies(work -> assertThat(work.claim()).isGreaterThan(lost.claim()));
	}

	@Test
	void addsAndHoldsOnlyInTheCallersTransaction() {
		add("greeting", "anna");
		var work = claim("greeting");

		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> outbox.add("greeting", "berta", "retail"));
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> outbox.addOrHasten("greeting", "berta", "retail"));
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> outbox.hold(work, Duration.ZERO));
	}

	@Test
	void refusesASecondPieceOfWorkForASubject() {
		add("greeting", "anna");

		assertThatExceptionOfType(SubjectHasWork.class).isThrownBy(() -> add("farewell", "anna"))
			.withMessage("farewell cannot be added: anna already has work");
		assertThatExceptionOfType(SubjectHasWork.class).isThrownBy(() -> addOrHasten("farewell", "anna"))
			.withMessage("farewell cannot be added: anna already has greeting");
	}

	@Test
	void neverGivesTheSameWorkToTwoWorkers() throws InterruptedException {
		transaction.executeWithoutResult(
				_ -> IntStream.range(0, 400).forEach(number -> outbox.add("greeting", "guest-" + number, "retail")));
		Callable<List<Work>> claimAll = () -> Stream.generate(() -> outbox.claim("greeting", 7))
			.takeWhile(Predicate.not(List::isEmpty))
			.flatMap(List::stream)
			.toList();

		try (var workers = Executors.newFixedThreadPool(8)) {
			var claimed = workers.invokeAll(nCopies(8, claimAll))
				.stream()
				.flatMap(claims -> claims.resultNow().stream())
				.toList();

			assertThat(claimed).extracting(Work::subject).hasSize(400).doesNotHaveDuplicates();
			assertThat(claimed).extracting(Work::claim).doesNotHaveDuplicates();
		}
	}

	@Test
	void neverClaimsMoreThanAskedFor() throws InterruptedException {
		transaction.executeWithoutResult(
				_ -> IntStream.range(0, 400).forEach(number -> outbox.add("greeting", "guest-" + number, "retail")));
		Callable<List<Work>> claim = () -> outbox.claim("greeting", 10);

		try (var workers = Executors.newFixedThreadPool(8)) {
			assertThat(workers.invokeAll(nCopies(24, claim)))
				.allSatisfy(claims -> assertThat(claims.resultNow()).hasSize(10));
		}
	}

	@Test
	void givesWorkAgainWhenTheLeaseRanOut() {
		add("greeting", "anna");
		var lost = claim("greeting");
		assertThat(outbox.claim("greeting", 10)).as("while leased").isEmpty();

		letTimePass(Duration.ofSeconds(61));

		assertThat(outbox.claim("greeting", 10)).singleElement().satisfies(work -> {
			assertThat(work.claim()).isGreaterThan(lost.claim());
			assertThat(work.failures()).as("may have killed its process").isEqualTo(1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void letsALateWorkerChangeNothing(Settlement settlement) {
		add("greeting", "anna");
		var late = claim("greeting");
		letTimePass(Duration.ofSeconds(61));
		var current = claim("greeting");
		var before = row("anna");

		assertThat(settle(settlement, late)).isFalse();
		assertThat(row("anna")).isEqualTo(before);
		assertThat(Ends.finish(outbox, current)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void settlesAClaimOnce(Settlement settlement) {
		add("greeting", "anna");
		var work = claim("greeting");
		Ends.reschedule(outbox, work, Duration.ofHours(1));
		var before = row("anna");

		assertThat(settle(settlement, work)).isFalse();
		assertThat(row("anna")).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource
	void neverReusesAClaimNumber(Settlement settlement) {
		add("greeting", "anna");
		var old = claim("greeting");
		outbox.cancel("anna");
		add("greeting", "anna");
		var current = claim("greeting");
		var before = row("anna");

		assertThat(current.claim()).isGreaterThan(old.claim());
		assertThat(settle(settlement, old)).isFalse();
		assertThat(row("anna")).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource
	void settlesInTheCallersTransaction(Settlement settlement) {
		add("greeting", "anna");
		var work = claim("greeting");
		var before = row("anna");

		transaction.executeWithoutResult(status -> {
			assertThat(settlement.settle(outbox, work)).isTrue();
			status.setRollbackOnly();
		});

		assertThat(row("anna")).isEqualTo(before);
	}

	@Test
	void holdsAClaimWhoseLeaseLastsLongEnough() {
		add("greeting", "anna");
		var work = claim("greeting");

		assertThat(holds(work, Duration.ofSeconds(50))).isTrue();
		assertThat(holds(work, Duration.ofSeconds(61))).isFalse();
		letTimePass(Duration.ofSeconds(20));
		assertThat(holds(work, Duration.ofSeconds(50))).isFalse();
		assertThat(holds(work, Duration.ofSeconds(30))).isTrue();
		letTimePass(Duration.ofSeconds(41));
		assertThat(holds(work, Duration.ZERO)).isFalse();
	}

	@Test
	void countsTheTimeItWaitedForTheLockAgainstTheLease() {
		add("greeting", "anna");
		var work = claim("greeting");
		jdbc.sql("update outbox set leased_until = clock_timestamp() + interval '1 second'").update();
		var locked = new CountDownLatch(1);
		var release = new CountDownLatch(1);
		var other = inBackground(() -> transaction.execute(_ -> {
			var locks = jdbc.sql("select 1 from outbox for update").query(Integer.class).single();
			locked.countDown();
			awaitLatch(release);
			return locks;
		}));
		awaitLatch(locked);
		var held = inBackground(() -> holds(work, Duration.ZERO));

		awaitBlocked(1);
		await().until(() -> jdbc.sql("select bool_and(leased_until < clock_timestamp()) from outbox")
			.query(Boolean.class)
			.single());
		release.countDown();

		assertThat(held).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
		assertThat(other).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void holdsOffWhoeverWouldClaimOrCancelUntilTheTransactionEnds() {
		add("greeting", "anna");
		var work = claim("greeting");

		var cancelled = transaction.execute(_ -> {
			assertThat(outbox.hold(work, Duration.ZERO)).isTrue();
			var cancel = inBackground(() -> outbox.cancel("anna"));
			awaitBlocked(1);
			assertThat(Ends.finish(outbox, work)).isTrue();
			return cancel;
		});

		assertThat(cancelled).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
	}

	@Test
	void hastensWorkThatIsNotDueYet() {
		addLater("anna", "1 hour");

		addOrHasten("greeting", "anna");

		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void doesNotDelayWorkByHasteningIt() {
		add("greeting", "anna");
		var due = row("anna").get("due_at");

		addOrHasten("greeting", "anna");

		assertThat(row("anna").get("due_at")).isEqualTo(due);
	}

	@Test
	void addsTheWorkThatWasToBeHastened() {
		addOrHasten("greeting", "anna");

		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void leavesHastenedWorkToItsClaimButMakesItDueAgainAfterwards() {
		add("greeting", "anna");
		var work = claim("greeting");

		addOrHasten("greeting", "anna");

		assertThat(outbox.claim("greeting", 10)).as("at most one claim at a time").isEmpty();
		assertThat(Ends.finish(outbox, work)).isTrue();
		var again = claim("greeting");
		assertThat(Ends.finish(outbox, again)).isTrue();
		assertThat(outbox.claim("greeting", 10)).as("the wish was granted").isEmpty();
	}

	@Test
	void makesHastenedWorkDueAtOnceThoughItsHandlerPutItOff() {
		add("greeting", "anna");
		var work = claim("greeting");
		addOrHasten("greeting", "anna");

		assertThat(Ends.reschedule(outbox, work, Duration.ofHours(1))).isTrue();

		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void grantsAWishThatIsCommittedWhileTheWorkIsBeingFinished() {
		add("greeting", "anna");
		var work = claim("greeting");

		var wish = transaction.execute(_ -> {
			assertThat(outbox.hold(work, Duration.ZERO)).isTrue();
			assertThat(Ends.finish(outbox, work)).isTrue();
			var hastened = inBackground(() -> {
				addOrHasten("greeting", "anna");
				return true;
			});
			awaitBlocked(1);
			return hastened;
		});

		assertThat(wish).succeedsWithin(Duration.ofSeconds(10));
		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void grantsAWishThatIsBeingMadeWhileTheWorkIsFinished() {
		add("greeting", "anna");
		var work = claim("greeting");

		var finished = transaction.execute(_ -> {
			outbox.addOrHasten("greeting", "anna", "retail");
			var finish = inBackground(() -> Ends.finish(outbox, work));
			awaitBlocked(1);
			return finish;
		});

		assertThat(finished).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
		assertThat(outbox.claim("greeting", 10)).hasSize(1);
	}

	@Test
	void losesNoWishInAnyInterleaving() throws InterruptedException {
		for (var round = 0; round < 100; round++) {
			addOrHasten("greeting", "anna");
			var work = claim("greeting");
			Callable<Boolean> finish = () -> Ends.finish(outbox, work);
			Callable<Boolean> wish = () -> {
				addOrHasten("greeting", "anna");
				return true;
			};

			try (var both = Executors.newFixedThreadPool(2)) {
				assertThat(both.invokeAll(List.of(finish, wish))).allMatch(done -> done.resultNow());
			}

			assertThat(outbox.claim("greeting", 1)).as("round %d", round)
				.singleElement()
				.satisfies(again -> assertThat(Ends.finish(outbox, again)).isTrue());
		}
	}

	@Test
	void doesNotCountThrottlingAsAFailure() {
		add("greeting", "anna");

		for (var time = 0; time < 20; time++) {
			assertThat(Ends.retryAfter(outbox, claim("greeting"), Duration.ZERO)).isTrue();
		}

		assertThat(claim("greeting").failures()).isZero();
	}

	@Test
	void forgetsFailuresOnceAPassWentWell() {
		add("greeting", "anna");
		Ends.fail(outbox, claim("greeting"), Duration.ZERO);
		var work = claim("greeting");
		assertThat(work.failures()).isEqualTo(1);

		assertThat(Ends.retryAfter(outbox, work, Duration.ZERO)).isTrue();
		var throttled = claim("greeting");
		assertThat(throttled.failures()).isEqualTo(1);
		assertThat(Ends.reschedule(outbox, throttled, Duration.ZERO)).isTrue();

		assertThat(claim("greeting").failures()).isZero();
	}

	@Test
	void putsWorkOffForAsLongAsTold() {
		add("greeting", "anna");
		assertThat(Ends.retryAfter(outbox, claim("greeting"), Duration.ofMinutes(5))).isTrue();

		letTimePass(Duration.ofMinutes(4));
		assertThat(outbox.claim("greeting", 1)).isEmpty();
		letTimePass(Duration.ofMinutes(1));
		assertThat(outbox.claim("greeting", 1)).hasSize(1);
	}

	@Test
	void keepsParkedWorkUntilItIsRedriven() {
		add("greeting", "anna");
		add("greeting", "berta");
		Ends.fail(outbox, claim("greeting", "anna"), Duration.ZERO);
		assertThat(Ends.park(outbox, claim("greeting", "anna"), "not at home")).isTrue();
		letTimePass(Duration.ofDays(1));

		assertThat(outbox.claim("greeting", 10)).as("others are not held up")
			.extracting(Work::subject)
			.containsExactly("berta");
		assertThat(outbox.parked(10)).singleElement().satisfies(parked -> {
			assertThat(parked.subject()).isEqualTo("anna");
			assertThat(parked.kind()).isEqualTo("greeting");
			assertThat(parked.domain()).isEqualTo("retail");
			assertThat(parked.reason()).isEqualTo("not at home");
			assertThat(parked.failures()).isEqualTo(1);
		});

		assertThat(outbox.redrive("anna")).isTrue();
		assertThat(outbox.redrive("anna")).as("no longer parked").isFalse();
		assertThat(outbox.parked(10)).isEmpty();
		assertThat(claim("greeting").failures()).isZero();
	}

	@Test
	void findsParkedWorkOfASubjectAndOfAKind() {
		for (var subject : List.of("anna", "berta")) {
			add("greeting", subject);
			Ends.park(outbox, claim("greeting"), "not at home");
		}
		add("farewell", "clara");
		Ends.park(outbox, claim("farewell"), "not at home");
		add("greeting", "doris");

		assertThat(outbox.parkedOfKind("greeting")).extracting(ParkedWork::subject)
			.containsExactlyInAnyOrder("anna", "berta");
		assertThat(outbox.parkedOf("clara")).extracting(ParkedWork::subject).containsExactly("clara");
		assertThat(outbox.parkedOf("doris")).isEmpty();
	}

	@Test
	void leavesParkedWorkParkedWhenItIsHastened() {
		add("greeting", "anna");
		Ends.park(outbox, claim("greeting"), "not at home");

		addOrHasten("greeting", "anna");

		assertThat(outbox.claim("greeting", 10)).isEmpty();
		assertThat(outbox.parked(10)).hasSize(1);
	}

	@Test
	void cancelsWorkWhateverItsState() {
		add("greeting", "waiting");
		add("greeting", "claimed");
		add("greeting", "parked");
		var claimed = claim("greeting", "claimed");
		Ends.park(outbox, claim("greeting", "parked"), "not at home");

		assertThat(Stream.of("waiting", "claimed", "parked").map(outbox::cancel)).containsOnly(true);
		assertThat(outbox.cancel("waiting")).as("already cancelled").isFalse();
		assertThat(holds(claimed, Duration.ZERO)).isFalse();
		assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single()).isZero();
	}

	@Test
	void countsTheBacklogByKind() {
		addLater("later", "1 day");
		Stream.of("claimed", "parked", "waiting", "old").forEach(subject -> add("greeting", subject));
		claim("greeting", "claimed");
		Ends.park(outbox, claim("greeting", "parked"), "not at home");
		jdbc.sql("update outbox set due_at = due_at - interval '1 hour' where subject = 'old'").update();
		add("farewell", "anna");
		claim("farewell");

		assertThat(outbox.backlog()).satisfiesExactly(
				farewells -> assertThat(farewells).isEqualTo(new Backlog("farewell", 0, 1, 0, 0, Duration.ZERO)),
				greetings -> {
					assertThat(greetings).usingRecursiveComparison()
						.ignoringFields("oldest")
						.isEqualTo(new Backlog("greeting", 2, 1, 1, 1, Duration.ZERO));
					assertThat(greetings).extracting(Backlog::oldest, DURATION)
						.isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
				});
	}

	@Test
	void findsWhatIsDueWithoutReadingWhatIsNot() {
		jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				select 'guest-' || number, 'greeting', 'retail', clock_timestamp() + interval '1 hour'
				from generate_series(1, 20000) as number
				""").update();
		jdbc.sql("analyze outbox").update();

		var plan = String.join("\n",
				jdbc.sql("explain (analyze, costs off, timing off, summary off) " + Outbox.CLAIM)
					.param("kind", "greeting")
					.param("limit", 10)
					.param("lease", "PT60S")
					.param("floor", OffsetDateTime.MIN)
					.query(String.class)
					.list());

		assertThat(plan).contains("Index Scan using outbox_due").containsPattern("Index Cond: .*due_at <= ");
		assertThat(plan).doesNotContain("Rows Removed by Filter", "Sort");
	}

	/**
	 * Everything a worker can do with its claim.
	 */
	enum Settlement {

		HOLD, FINISH, RETRY_AFTER, RESCHEDULE, FAIL, PARK;

		boolean settle(Outbox outbox, Work work) {
			return switch (this) {
				case HOLD -> outbox.hold(work, Duration.ofHours(-1));
				case FINISH -> Ends.finish(outbox, work);
				case RETRY_AFTER -> Ends.retryAfter(outbox, work, Duration.ofMinutes(5));
				case RESCHEDULE -> Ends.reschedule(outbox, work, Duration.ofMinutes(5));
				case FAIL -> Ends.fail(outbox, work, Duration.ofMinutes(5));
				case PARK -> Ends.park(outbox, work, "late");
			};
		}

	}

	private boolean settle(Settlement settlement, Work work) {
		return Boolean.TRUE.equals(transaction.execute(_ -> settlement.settle(outbox, work)));
	}

	private boolean holds(Work work, Duration atLeast) {
		return Boolean.TRUE.equals(transaction.execute(_ -> outbox.hold(work, atLeast)));
	}

	private void add(String kind, String subject) {
		transaction.executeWithoutResult(_ -> outbox.add(kind, subject, "retail"));
	}

	private void addLater(String subject, String delay) {
		add("greeting", subject);
		jdbc.sql("update outbox set due_at = due_at + cast(:delay as interval) where subject = :subject")
			.param("delay", delay)
			.param("subject", subject)
			.update();
	}

	private void addOrHasten(String kind, String subject) {
		transaction.executeWithoutResult(_ -> outbox.addOrHasten(kind, subject, "retail"));
	}

	private Work claim(String kind) {
		return outbox.claim(kind, 1).getFirst();
	}

	private Work claim(String kind, String subject) {
		jdbc.sql("update outbox set due_at = '2000-01-01' where subject = :subject").param("subject", subject).update();
		var work = claim(kind);
		assertThat(work.subject()).isEqualTo(subject);
		return work;
	}

	private void letTimePass(Duration time) {
		jdbc.sql("""
				update outbox set due_at = due_at - cast(:time as interval),
				  leased_until = leased_until - cast(:time as interval)
				""").param("time", time.toString()).update();
	}

	private Map<String, Object> row(String subject) {
		return jdbc.sql("select * from outbox where subject = :subject").param("subject", subject).query().singleRow();
	}

	/**
	 * Waits until so many sessions wait for a lock.
	 */
	private void awaitBlocked(int sessions) {
		await().until(() -> jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'
				""").query(Integer.class).single() >= sessions);
	}

	private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
		return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
