package io.profileworkflows.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.Postgres;
import io.profileworkflows.retention.HistoryPartitions.Partition;
import io.profileworkflows.workflow.Latches;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@Tag("sql")
@OnTheSide
class HistoryPartitionsTests {

	/** What every version of the service adds entries with. */
	private static final String ADD = """
			insert into workflow_history (workflow_id, at, to_phase, status, reason, actor)
			values (:workflow, :at, 'ACCEPTED', 'NOT_STARTED', 'Accepted', 'anna')
			""";

	private static final UUID WORKFLOW = new UUID(1, 2);

	private static DriverManagerDataSource source;

	private static int databases;

	private JdbcClient jdbc;

	private TransactionTemplate transaction;

	private Instant upgraded;

	/** With entries of a version before there were partitions. */
	@BeforeEach
	void upgrade() {
		var database = Postgres.create("history_" + databases++);
		source = new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
		jdbc = JdbcClient.create(source);
		transaction = new TransactionTemplate(new JdbcTransactionManager(source));
		Flyway.configure().dataSource(source).target("6").load().migrate();
		upgraded = Instant.now();
		for (int days = 100; days >= 0; days--) {
			add(upgraded.minus(Duration.ofDays(days)));
		}
		Postgres.migrate(database);
	}

	@Test
	void areMadeOfTheTableThatThereWasWithoutLosingAnEntry() {
		add(upgraded);

		var ids = jdbc.sql("select id from workflow_history where workflow_id = :id order by id")
			.param("id", WORKFLOW)
			.query(Long.class)
			.list();
		assertThat(ids).hasSize(102).startsWith(1L).endsWith(102L).doesNotHaveDuplicates();
		assertThat(placesOf("true")).containsOnly("workflow_history_first");
	}

	@Test
	void refuseToChangeAnEntryWhereverItIs() {
		add(upgraded.plus(Duration.ofDays(4000)));

		for (var table : List.of("workflow_history", "workflow_history_first", "workflow_history_default")) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> jdbc.sql("update %s set reason = 'nothing happened'".formatted(table)).update())
				.withMessageContaining("An entry of the history is never changed");
		}
	}

	@Test
	void refuseToChangeAnEntryOfAMonthThatIsMadeLater() {
		prepare(upgraded);
		add(upgraded.plus(Duration.ofDays(70)));
		var place = placesOf("true").getLast();

		assertThat(place).startsWith("workflow_history_20");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> jdbc.sql("update %s set reason = 'nothing happened'".formatted(place)).update());
	}

	@Test
	void areThereForMonthsAheadWithoutGaps() {
		prepare(upgraded);

		var partitions = partitions(upgraded).partitions();
		for (int number = 1; number < partitions.size(); number++) {
			assertThat(partitions.get(number).begin()).isEqualTo(partitions.get(number - 1).end());
		}
		assertThat(partitions.getLast().end()).isAfter(upgraded.plus(Duration.ofDays(30 * HistoryPartitions.AHEAD)));
		assertThat(prepare(upgraded)).as("when they are there").isZero();
	}

	@Test
	void areMadeOnceHoweverManyReplicasTry() throws InterruptedException {
		try (var replicas = Executors.newFixedThreadPool(6)) {
			Callable<Integer> replica = () -> prepare(upgraded);
			var answers = replicas.invokeAll(nCopies(6, replica));

			assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ZERO));
		}
		prepare(upgraded);
		assertThat(partitions(upgraded).partitions()).extracting(Partition::begin).doesNotHaveDuplicates();
	}

	@Test
	void areMadeWhileEntriesAreAdded() throws Exception {
		var added = new CountDownLatch(1);
		var made = new CountDownLatch(1);
		try (var threads = Executors.newFixedThreadPool(1)) {
			var open = threads.submit(() -> transaction.execute(_ -> {
				add(upgraded);
				added.countDown();
				return Latches.await(made);
			}));
			added.await();

			assertThat(prepare(upgraded)).isPositive();
			made.countDown();
			assertThat(open.get()).isTrue();
		}
	}

	@Test
	void haveAPlaceForEveryTimeAndMoveEntriesToTheirMonthOnceItIsMade() {
		var farAhead = upgraded.plus(Duration.ofDays(400));
		add(farAhead);
		assertThat(placesOf("at > now() + interval '1 year'")).containsExactly("workflow_history_default");

		prepare(farAhead);

		assertThat(placesOf("at > now() + interval '1 year'")).singleElement()
			.asString()
			.startsWith("workflow_history_20");
		assertThat(count()).isEqualTo(102);
	}

	@Test
	void leaveOnceAllOfTheirEntriesAreOld() {
		prepare(upgraded);
		add(upgraded.plus(Duration.ofDays(70)));
		var first = partitions(upgraded).partitions().getFirst();

		assertThat(drop(first.end().minusMillis(1))).isZero();
		assertThat(count()).isEqualTo(102);
		assertThat(drop(first.end())).isOne();
		assertThat(count()).isOne();
	}

	@Test
	void doNotKeepWhatHadNoMonthForever() {
		add(upgraded.plus(Duration.ofDays(4000)));

		drop(upgraded.plus(Duration.ofDays(4001)));

		assertThat(placesOf("true")).isEmpty();
	}

	@Test
	void areLeftForLaterWhenSomebodyReadsThemForLong() throws Exception {
		var reading = new CountDownLatch(1);
		var over = new CountDownLatch(1);
		var end = partitions(upgraded).partitions().getFirst().end();
		try (var threads = Executors.newFixedThreadPool(1)) {
			var reader = threads.submit(() -> transaction.execute(_ -> {
				count();
				reading.countDown();
				return Latches.await(over);
			}));
			reading.await();

			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> drop(end))
				.withMessageContaining("lock timeout");
			assertThatNoException().isThrownBy(() -> add(upgraded));
			over.countDown();
			reader.get();
		}
		assertThat(drop(end)).isOne();
	}

	private int prepare(Instant now) {
		return inTransaction(() -> partitions(now).prepare());
	}

	private int drop(Instant before) {
		return inTransaction(() -> partitions(upgraded).drop(before));
	}

	private int inTransaction(Supplier<Integer> work) {
		return transaction.execute(_ -> work.get());
	}

	private HistoryPartitions partitions(Instant now) {
		return new HistoryPartitions(jdbc, Clock.fixed(now, ZoneOffset.UTC));
	}

	private void add(Instant at) {
		jdbc.sql(ADD).param("workflow", WORKFLOW).param("at", at.atOffset(ZoneOffset.UTC)).update();
	}

	private long count() {
		return jdbc.sql("select count(*) from workflow_history").query(Long.class).single();
	}

	private List<String> placesOf(String condition) {
		return jdbc
			.sql("select cast(tableoid as regclass)::text from workflow_history where %s order by id"
				.formatted(condition))
			.query(String.class)
			.list();
	}

}
