package io.profileworkflows.outbox;

import java.time.Duration;
import java.util.ArrayList;

import io.profileworkflows.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("sql")
class WorkRunsTests {

	private final Greeter greeter = new Greeter(this::greet);

	private final Replica replica = new Replica(Postgres.migrated(), greeter, Replica.SETTINGS);

	private Greeter.Task task = _ -> {
	};

	private void greet(Work work) throws Exception {
		task.perform(work);
	}

	@BeforeEach
	void begin() {
		replica.jdbc.sql("truncate outbox").update();
	}

	@AfterEach
	void end() {
		replica.close();
	}

	@Test
	void runsEverythingThatIsDueOnce() {
		task = work -> Ends.reschedule(replica.outbox, work, Duration.ZERO);
		replica.add("anna", "berta");

		assertThat(replica.workOff()).isEqualTo(2);
		assertThat(greeter.begun).containsExactlyInAnyOrder("anna", "berta");
	}

	@Test
	void leavesWorkThatWasNotSettledToItsLease() {
		task = work -> {
			throw new ClaimLost(work);
		};
		replica.add("anna");

		assertThat(replica.workOff()).isEqualTo(1);
		assertThat(replica.workOff()).isZero();
		replica.jdbc.sql("update outbox set due_at = clock_timestamp()").update();
		assertThat(replica.workOff()).isEqualTo(1);
	}

	@Test
	void triesFailedWorkAgainAfterADelay() {
		task = _ -> {
			throw new IllegalStateException("not at home");
		};
		replica.add("anna");

		replica.workOff();

		assertThat(replica.workOff()).as("at once").isZero();
		assertThat(replica.jdbc.sql("""
				select failures = 1 and leased_until is null
				  and due_at between clock_timestamp() and clock_timestamp() + interval '1 second' from outbox
				""").query(Boolean.class).single()).isTrue();
	}

	@Test
	void countsAnErrorLikeAnException() {
		task = _ -> {
			throw new StackOverflowError();
		};
		replica.add("anna");

		replica.workOff();

		assertThat(replica.jdbc.sql("select failures from outbox").query(Integer.class).single()).isEqualTo(1);
	}

	@Test
	void leavesWorkThatTookLongerThanItsLeaseToOthers() {
		task = work -> {
			replica.jdbc.sql("update outbox set claim = nextval('outbox_claim')").update();
			replica.outbox.renew(work);
			throw new AssertionError("must not go on");
		};
		replica.add("anna");

		replica.workOff();

		assertThat(replica.jdbc.sql("select failures = 0 and leased_until is not null from outbox")
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void parksWorkThatKeepsFailing() {
		task = _ -> {
			throw new IllegalStateException("not at home");
		};
		replica.add("anna");

		failUntilLast();

		assertThat(replica.outbox.parked(10)).singleElement().satisfies(parked -> {
			assertThat(parked.failures()).isEqualTo(3);
			assertThat(parked.reason()).startsWith("IllegalStateException: not at home (WorkRunsTests.java:");
		});
	}

	@Test
	void tellsTheHandlerInTheTransactionThatParks() {
		task = _ -> {
			throw new IllegalStateException("not at home");
		};
		greeter.onParked = (work, reason) -> {
			assertThat(reason).contains("not at home");
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
			assertThat(isParked(work.subject())).as("before it is locked").isFalse();
			greeter.begun.add("told of " + work.subject());
		};
		replica.add("anna");

		failUntilLast();

		assertThat(greeter.begun).containsExactly("anna", "anna", "anna", "told of anna");
		assertThat(isParked("anna")).isTrue();
	}

	@Test
	void takesBackWhatTheHandlerDidWhenItsClaimNoLongerHolds() {
		var ends = new ArrayList<Integer>();
		greeter.onParked = (_, _) -> TransactionSynchronizationManager
			.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					ends.add(status);
				}
			});
		replica.add("anna");
		replica.jdbc.sql("update outbox set failures = 3").update();
		var slow = replica.outbox.claim("greeting", 1).getFirst();
		replica.jdbc.sql("update outbox set due_at = clock_timestamp()").update();
		replica.outbox.claim("greeting", 1);

		replica.runs.run(greeter, ClaimedTask.of(slow, greeter));

		assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
		assertThat(isParked("anna")).isFalse();
	}

	@Test
	void doesNotParkWorkWhoseHandlerCannotTakeIt() {
		task = _ -> {
			throw new IllegalStateException("not at home");
		};
		greeter.onParked = (_, _) -> {
			throw new IllegalStateException("no room");
		};
		replica.add("anna");

		failUntilLast();

		assertThat(isParked("anna")).isFalse();
		assertThat(replica.workOff()).as("before its lease ran out").isZero();
	}

	@Test
	void parksWorkWhoseProcessesKeepDying() {
		replica.add("anna");
		for (var death = 0; death < 3; death++) {
			replica.jdbc.sql("update outbox set due_at = clock_timestamp()").update();
			assertThat(replica.outbox.claim("greeting", 1)).hasSize(1);
		}
		replica.jdbc.sql("update outbox set due_at = clock_timestamp()").update();

		replica.workOff();

		assertThat(greeter.begun).isEmpty();
		assertThat(isParked("anna")).isTrue();
	}

	@Test
	void doesNotBlameTheWorkForTheDatabase() {
		task = _ -> {
			throw new CannotCreateTransactionException("no connection");
		};
		replica.add("anna");

		failUntilLast();

		assertThat(
				replica.jdbc.sql("select failures = 0 and parked_at is null from outbox").query(Boolean.class).single())
			.isTrue();
	}

	@Test
	void letsALateFailureChangeNothing() {
		task = work -> {
			Ends.finish(replica.outbox, work);
			replica.add("anna");
			throw new IllegalStateException("too late");
		};
		replica.add("anna");

		replica.workOff();

		assertThat(replica.jdbc.sql("select failures = 0 and claim = 0 from outbox").query(Boolean.class).single())
			.isTrue();
	}

	private void failUntilLast() {
		for (var attempt = 0; attempt < 3; attempt++) {
			replica.jdbc.sql("update outbox set due_at = clock_timestamp()").update();
			assertThat(replica.workOff()).isEqualTo(1);
		}
	}

	private boolean isParked(String subject) {
		return replica.jdbc.sql("select parked_at is not null from outbox where subject = :subject")
			.param("subject", subject)
			.query(Boolean.class)
			.single();
	}

}
