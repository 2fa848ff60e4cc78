package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.profileworkflows.customerprofiles.CreateOutcome.NotSent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("sql")
class DepartureTests {

	private static final Operation CREATE = Operation.CREATE_INTEGRATION_WORKFLOW;

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final String CREATED = """
			{"WorkflowId": "0123456789abcdef0123456789abcdef", "Message": "made"}
			""";

	private final BudgetDatabase database = new BudgetDatabase(4, 5);

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
	void keepsTheTurnThatIsNotOver() throws InterruptedException {
		var departure = Departure.in(budget.tryTake(CREATE), budget);
		var free = nextFree();

		departure.await(Deadline.in(LONG));
		departure.requireInTurn();

		assertThat(nextFree()).isEqualTo(free);
		assertThat(lost()).isZero();
	}

	@Test
	void takesTheNextTurnWhenItsOwnIsOver() throws InterruptedException {
		database.shut(CREATE, Duration.ofMillis(700));
		var departure = Departure.in(missed(), budget);
		var begin = System.nanoTime();

		departure.await(Deadline.in(LONG));

		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
		departure.requireInTurn();
		assertThat(lost()).as("is made up for later").isBetween(0.9, 1.0);
	}

	@Test
	void goesBackWhenNoOtherTurnIsToBeHadSoon() {
		database.shut(CREATE, Duration.ofSeconds(10));
		var departure = Departure.in(missed(), budget);
		var free = nextFree();

		assertThatExceptionOfType(TurnPassed.class).isThrownBy(() -> departure.await(Deadline.in(LONG)));

		assertThat(nextFree()).isEqualTo(free);
		assertThat(lost()).isEqualTo(1);
	}

	@Test
	void neverWaitsBeyondTheDeadline() {
		database.shut(CREATE, Duration.ofMillis(800));
		var departure = Departure.in(missed(), budget);

		assertThatExceptionOfType(TurnPassed.class)
			.isThrownBy(() -> departure.await(Deadline.in(Duration.ofMillis(200))));
	}

	@Test
	void goesBackWhenTheDatabaseIsAway() {
		var departure = Departure.in(missed(), budget);
		database.jdbc().sql("alter table upstream_budget rename to budget_that_is_away").update();
		try {
			assertThatExceptionOfType(TurnPassed.class).isThrownBy(() -> departure.await(Deadline.in(LONG)));
		}
		finally {
			database.jdbc().sql("alter table budget_that_is_away rename to upstream_budget").update();
		}
	}

	@Test
	void givesATurnUpOnce() {
		database.shut(CREATE, Duration.ofSeconds(10));
		var departure = Departure.in(missed(), budget);
		var free = nextFree();

		departure.giveUp();
		departure.giveUp();
		assertThatExceptionOfType(TurnPassed.class).isThrownBy(departure::requireInTurn);

		assertThat(lost()).isEqualTo(1);
		assertThat(nextFree()).isEqualTo(free);
	}

	@Test
	void sendsNothingBeforeItsTurn() throws Exception {
		database.shut(CREATE, Duration.ofMillis(150));
		var turn = budget.tryTake(CREATE);

		try (var aws = server(); var upstream = Upstream.at(aws.endpoint())) {
			upstream.create("warm-up");
			var later = new Turn(true, turn.at() + Duration.ofSeconds(1).toNanos(),
					turn.until() + Duration.ofSeconds(1).toNanos(), turn.interval(), turn.putOff());
			assertThat(create(upstream, later)).isInstanceOf(CreateOutcome.Created.class);

			assertThat(arrived.get()).isGreaterThan(later.at());
			assertThat(aws.requests()).hasSize(2);
		}
	}

	@Test
	void sendsOnceInALaterTurnWhatMissedItsOwn() throws Exception {
		database.shut(CREATE, Duration.ofMillis(900));
		var notBefore = System.nanoTime() + Duration.ofMillis(800).toNanos();

		try (var aws = server(); var upstream = Upstream.at(aws.endpoint())) {
			assertThat(create(upstream, missed())).isInstanceOf(CreateOutcome.Created.class);

			assertThat(arrived.get()).isGreaterThan(notBefore);
			assertThat(aws.requests()).hasSize(1);
			assertThat(aws.connections()).as("the call is begun once").isEqualTo(1);
		}
	}

	@Test
	void sendsNothingWithoutATurn() throws Exception {
		database.shut(CREATE, Duration.ofSeconds(10));

		try (var aws = server(); var upstream = Upstream.at(aws.endpoint())) {
			assertThat(create(upstream, missed())).isInstanceOfSatisfying(NotSent.class,
					notSent -> assertThat(notSent.cause()).isEqualTo(NotSent.Cause.TURN_PASSED));

			assertThat(aws.requests()).isEmpty();
			assertThat(upstream.measured(CREATE.awsName(), "turn_passed")).isOne();
			assertThat(lost()).isEqualTo(1);
		}
	}

	private final AtomicReference<Long> arrived = new AtomicReference<>(0L);

	private SocketServer server() throws Exception {
		return SocketServer.plain(peer -> {
			while (peer.read()) {
				arrived.set(System.nanoTime());
				peer.answer(200, CREATED);
			}
		});
	}

	private CreateOutcome create(Upstream upstream, Turn turn) {
		return upstream.customerProfiles()
			.create(Requests.named("accounts"), Deadline.in(Upstream.PATIENCE), Departure.in(turn, budget));
	}

	private static Turn missed() {
		var at = System.nanoTime() - Duration.ofSeconds(3).toNanos();
		return new Turn(true, at, at + Duration.ofMillis(150).toNanos(), Duration.ofMillis(200), Duration.ZERO);
	}

	private double lost() {
		return database.number("select lost from upstream_budget where operation = :operation", CREATE);
	}

	private double nextFree() {
		return database.number(
				"select extract(epoch from next_free_at) from upstream_budget where operation = :operation", CREATE);
	}

}
