package io.profileworkflows.outbox;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.EmptyTables;
import io.profileworkflows.PostgresTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How domains take turns at the outbox.
 */
@PostgresTest
@EmptyTables
class FairnessTests {

	private static final String KIND = "greeting";

	private static final Pattern BUFFERS = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");

	@Autowired
	Outbox outbox;

	@Autowired
	JdbcTemplate statements;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	JdbcClient jdbc;

	@Test
	void letsDomainsTakeTurns() {
		add("busy", 3);
		add("calm", 1);
		add("quiet", 2);

		assertThat(claimAll()).extracting(Work::domain)
			.containsExactly("busy", "calm", "quiet", "busy", "quiet", "busy");
	}

	@Test
	void delaysNobodyForADomainWithAThousandRequests() {
		add("busy", 1000);
		IntStream.range(0, 20).forEach(_ -> claim());

		add("late", 1);

		assertThat(claim()).hasValueSatisfying(work -> assertThat(work.domain()).isEqualTo("late"));
	}

	@Test
	void delaysADomainThatHadItsTurnBeforeByNoMoreThanOneTurnOfEachOther() {
		add("late", 1);
		claim().ifPresent(work -> Ends.finish(outbox, work));
		add("busy", 1000);
		add("other", 1000);
		IntStream.range(0, 21).forEach(_ -> claim());

		add("late", 1);

		assertThat(Stream.of(claim(), claim(), claim()).flatMap(Optional::stream)).extracting(Work::domain)
			.contains("late");
	}

	@Test
	void sharesManyAtOnceEvenlyAmongTheDomains() {
		add("busy", 1000);
		add("other", 1000);
		add("small", 1);

		assertThat(claim(9).stream().collect(Collectors.groupingBy(Work::domain, Collectors.counting())))
			.isEqualTo(Map.of("busy", 3L, "other", 3L, "small", 1L));
		assertThat(claim(9)).hasSize(9).extracting(Work::domain).contains("busy", "other");
	}

	@Test
	void looksAgainOnlyWhereThereMayBeMore() {
		add("busy", 4);
		add("small", 1);

		assertThat(look(6)).as("busy had more than its share").isTrue();
		assertThat(look(6)).isFalse();
		fill("busy", 2);
		assertThat(look(2)).as("all that was asked for").isTrue();
		assertThat(look(2)).as("nothing was left").isFalse();
	}

	@Test
	void givesTheOldestOfADomainFirst() {
		add("busy", 3);
		jdbc.sql("update outbox set due_at = due_at - interval '1 hour' where subject = 'busy-2'").update();

		assertThat(claim()).hasValueSatisfying(work -> assertThat(work.subject()).isEqualTo("busy-2"));
	}

	@Test
	void leavesOutWhatIsNotDueOrParkedOrClaimedOrOfAnotherKind() {
		add("later", 1);
		jdbc.sql("update outbox set due_at = due_at + interval '1 hour'").update();
		add("parked", 1);
		jdbc.sql("update outbox set parked_at = now(), parked_reason = 'test' where domain = 'parked'").update();
		transaction.executeWithoutResult(_ -> outbox.add("farewell", "anna", "elsewhere"));
		add("due", 1);

		assertThat(claimAll()).extracting(Work::domain).containsExactly("due");
	}

	@Test
	void leavesOutDomainsThatArePaused() {
		add("paused", 2);
		add("due", 1);

		assertThat(claimAllBut(Set.of("paused"))).extracting(Work::domain).containsExactly("due");
		assertThat(claimAll()).hasSize(2);
	}

	@Test
	void takesNoTurnWhenRolledBack() {
		add("one", 1);
		add("two", 1);
		transaction.executeWithoutResult(status -> {
			Ends.claimInTurn(outbox, statements, KIND, Set.of(), 1);
			status.setRollbackOnly();
		});

		assertThat(claimAll()).extracting(Work::domain).containsExactly("one", "two");
	}

	@Test
	void claimsInTurnOnlyInTheCallersTransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> Ends.claimInTurn(outbox, statements, KIND, Set.of(), 1));
	}

	@Test
	void goesOnToTheNextDomainWhereAllThatIsDueIsLocked() throws Exception {
		add("locked", 1);
		add("open", 1);

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var claimed = transaction.execute(_ -> {
				jdbc.sql("select subject from outbox where domain = 'locked' for update").query(String.class).list();
				return finished(threads.submit(() -> claim()));
			});
			assertThat(claimed).hasValueSatisfying(work -> assertThat(work.domain()).isEqualTo("open"));
		}
	}

	@Test
	void neverGivesTheSameWorkToTwoReplicas() throws InterruptedException {
		IntStream.range(0, 8).forEach(number -> add("domain-" + number, 25));
		Callable<List<Work>> replica = this::claimUntilNothingIsLeft;

		try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
			var claimed = replicas.invokeAll(nCopies(6, replica))
				.stream()
				.flatMap(done -> done.resultNow().stream())
				.map(Work::subject)
				.toList();

			assertThat(claimed).doesNotHaveDuplicates().hasSize(200);
		}
	}

	@Test
	void readsLittleHoweverMuchWorkThereIs() {
		IntStream.range(0, 5).forEach(number -> fill("domain-" + number, 100));
		jdbc.sql("analyze outbox").update();
		var few = blocksRead();
		IntStream.range(0, 5).forEach(number -> fill("domain-" + number, 10_000));
		jdbc.sql("analyze outbox").update();
		var many = blocksRead();

		assertThat(many).as("with a hundred times the work, not %d", few).isLessThan(few + 60);
	}

	@Test
	void readsLittleBeforeTheDatabaseKnowsHowMuchWorkThereIs() {
		jdbc.sql("analyze outbox").update();
		IntStream.range(0, 5).forEach(number -> fill("domain-" + number, 10_000));

		assertThat(blocksRead()).isLessThan(150);
	}

	private void add(String domain, int works) {
		transaction.executeWithoutResult(_ -> IntStream.range(0, works)
			.forEach(number -> outbox.add(KIND, "%s-%d".formatted(domain, number), domain)));
	}

	private void fill(String domain, int works) {
		jdbc.sql("""
				insert into outbox (subject, kind, domain, due_at)
				select gen_random_uuid(), :kind, :domain, clock_timestamp() from generate_series(1, :works)
				""").param("kind", KIND).param("domain", domain).param("works", works).update();
	}

	private Optional<Work> claim() {
		return claim(1).stream().findFirst();
	}

	private boolean look(int limit) {
		return transaction.execute(_ -> Ends.claimInTurn(outbox, statements, KIND, Set.of(), limit)).mayBeMore();
	}

	private List<Work> claim(int limit) {
		return transaction.execute(_ -> Ends.claimInTurn(outbox, statements, KIND, Set.of(), limit)).works();
	}

	private static <T> T finished(Future<T> task) {
		await().until(task::isDone);
		return task.resultNow();
	}

	private List<Work> claimAll() {
		return claimAllBut(Set.of());
	}

	private List<Work> claimAllBut(Set<String> except) {
		return Stream
			.generate(() -> transaction.execute(_ -> Ends.claimInTurn(outbox, statements, KIND, except, 1).works()))
			.takeWhile(works -> !works.isEmpty())
			.flatMap(List::stream)
			.toList();
	}

	private List<Work> claimUntilNothingIsLeft() {
		var works = new ArrayList<Work>();
		while (jdbc.sql("select count(*) from outbox where leased_until is null").query(Long.class).single() > 0) {
			claim().ifPresent(works::add);
		}
		return works;
	}

	private int blocksRead() {
		return blocks(explain(Outbox.CLAIM_IN_TURN));
	}

	private String explain(String statement) {
		return transaction.execute(status -> {
			status.setRollbackOnly();
			return jdbc.sql("explain (analyze, buffers, format json) " + statement)
				.param("kind", KIND)
				.param("except", new String[0])
				.param("limit", 1)
				.param("lease", "PT60S")
				.param("floor", OffsetDateTime.MIN)
				.query(String.class)
				.single();
		});
	}

	private static int blocks(String plan) {
		var root = BUFFERS.matcher(plan).results().limit(2).mapToInt(found -> Integer.parseInt(found.group(1))).sum();
		assertThat(root).as(plan).isPositive();
		return root;
	}

}
