package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.customerprofiles.model.CustomerProfilesException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class CircuitTests {

	private static final Duration OPEN_FOR = Duration.ofMillis(200);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Circuit circuit = new Circuit("create", OPEN_FOR, meters);

	@Test
	void opensWhenTooManyFail() {
		IntStream.range(0, 4).forEach(_ -> fail());
		assertThat(circuit.tryPass()).as("after four").isTrue();

		circuit.failed();

		assertThat(circuit.isOpen()).isTrue();
		assertThat(circuit.tryPass()).isFalse();
		assertThat(meters.get("upstream.circuit.open").tag("purpose", "create").gauge().value()).isOne();
	}

	@Test
	void staysClosedWhileMostSucceed() {
		IntStream.range(0, 100).forEach(number -> {
			assertThat(circuit.tryPass()).isTrue();
			if (number % 2 == 1) {
				circuit.failed();
			}
			else {
				circuit.succeeded();
			}
		});

		assertThat(circuit.isOpen()).isFalse();
		assertThat(meters.get("upstream.circuit.open").gauge().value()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "OWN_CREDENTIALS", "POINTS_AT_ITSELF" })
	void opensAtOnceWhenSomebodyHasToMendOurAccess(Fault.Kind kind) {
		assertThat(circuit.tryPass()).isTrue();

		circuit.settle(fault(kind));

		assertThat(circuit.tryPass()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "UNKNOWN" })
	void countsWhatBroughtNoAnswer(Fault.Kind kind) {
		settle(5, kind);

		assertThat(circuit.tryPass()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "THROTTLED", "DEADLINE_PASSED", "REFUSED", "NOT_FOUND" })
	void doesNotCountWhatSaysNothingAgainstAws(Fault.Kind kind) {
		settle(40, kind);

		assertThat(circuit.tryPass()).isTrue();
	}

	@Test
	void letsThrottlingNeitherOpenNorCloseIt() {
		IntStream.range(0, 4).forEach(_ -> fail());
		settle(40, Fault.Kind.THROTTLED);
		assertThat(circuit.isOpen()).isFalse();

		fail();

		assertThat(circuit.isOpen()).isTrue();
	}

	@Test
	void letsOneThroughAfterAWhileToSee() {
		openAndWait();

		assertThat(circuit.tryPass()).as("a second").isFalse();
		circuit.succeeded();

		assertThat(circuit.tryPass()).isTrue();
		assertThat(circuit.tryPass()).isTrue();
	}

	@Test
	void opensAgainWhenThatOneFails() {
		openAndWait();

		circuit.failed();

		assertThat(circuit.isOpen()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "THROTTLED", "DEADLINE_PASSED" })
	void letsAnotherThroughWhenThatOneSaidNothing(Fault.Kind kind) {
		openAndWait();

		circuit.settle(fault(kind));

		assertThat(circuit.tryPass()).isTrue();
		assertThat(circuit.tryPass()).as("a second").isFalse();
	}

	@Test
	void letsAnotherThroughWhenThatOneWasGivenBack() {
		openAndWait();

		circuit.giveBack();

		assertThat(circuit.tryPass()).isTrue();
	}

	@Test
	void givesBackWhatTheBudgetHadNoRoomFor() {
		var calls = calls(shut());
		openAndWait(calls.reads());

		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> list(calls));

		assertThat(calls.reads().tryPass()).isTrue();
	}

	@Test
	void givesBackWhatTheBudgetCouldNotBeAskedFor() {
		var calls = calls(broken());
		openAndWait(calls.reads());

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> list(calls));

		assertThat(calls.reads().tryPass()).isTrue();
	}

	@Test
	void givesBackTheLeaveForACreateThatTheBudgetHasNoRoomFor() {
		try (var database = new BudgetDatabase(2, 5)) {
			database.fill();
			var calls = calls(shut());
			var leave = new CreatePermits(calls, database.budget());
			openAndWait(calls.creates());
			calls.creates().giveBack();
			database.shut(Operation.CREATE_INTEGRATION_WORKFLOW, Duration.ofSeconds(5));

			assertThat(take(leave, database)).isEmpty();

			assertThat(calls.creates().tryPass()).isTrue();
		}
	}

	@Test
	void givesBackTheLeaveForACreateWhenTheDatabaseIsAway() {
		var database = new BudgetDatabase(1, 5);
		database.close();
		var calls = calls(shut());
		var leave = new CreatePermits(calls, database.budget());
		openAndWait(calls.creates());
		calls.creates().giveBack();

		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> take(leave, database));

		assertThat(calls.creates().tryPass()).isTrue();
	}

	@Test
	void keepsTheBudgetForCallsWhileItIsOpen() {
		try (var database = new BudgetDatabase(1, 5)) {
			database.fill();
			var calls = calls(shut());
			calls.creates().open();

			assertThat(take(new CreatePermits(calls, database.budget()), database)).isEmpty();

			assertThat(database.budget().tryTake(Operation.CREATE_INTEGRATION_WORKFLOW).remaining()).isZero();
		}
	}

	private static List<Turn> take(CreatePermits permits, BudgetDatabase database) {
		try (var asked = permits.ask(1)) {
			var trip = database.trip();
			var turns = asked.take(trip);
			trip.make();
			return turns.get().taken();
		}
	}

	@Test
	void letsReadsGoOnWhenWeMayNotDelete() {
		var calls = calls(quota(() -> true));
		var denied = CustomerProfilesException.builder()
			.statusCode(403)
			.awsErrorDetails(AwsErrorDetails.builder()
				.errorCode("AccessDeniedException")
				.errorMessage("User: arn:aws:sts::123456789012:assumed-role/service/pod is not authorized to perform: "
						+ "profile:DeleteWorkflow")
				.build())
			.build();

		assertThat(calls.delete(() -> CompletableFuture.failedFuture(denied)))
			.isInstanceOf(DeleteOutcome.Unsettled.class);

		assertThat(calls.reads().isOpen()).isFalse();
		assertThat(calls.delete(() -> {
			throw new AssertionError("must not be called");
		})).isInstanceOfSatisfying(DeleteOutcome.Unsettled.class,
				unsettled -> assertThat(unsettled.reason()).contains("the circuit is open"));
	}

	private void fail() {
		assertThat(circuit.tryPass()).isTrue();
		circuit.failed();
	}

	private void settle(int calls, Fault.Kind kind) {
		IntStream.range(0, calls).forEach(_ -> {
			assertThat(circuit.tryPass()).isTrue();
			circuit.settle(fault(kind));
		});
	}

	/** Until it lets one through, which is on its way then. */
	private void openAndWait() {
		openAndWait(circuit);
	}

	private static void openAndWait(Circuit circuit) {
		circuit.open();
		await().until(circuit::tryPass);
	}

	private UpstreamCalls calls(Quota quota) {
		return new UpstreamCalls(meters, new CallWatch(meters, Tracer.NOOP), quota,
				new UpstreamSettings(Duration.ofSeconds(1), 5, OPEN_FOR));
	}

	private static void list(UpstreamCalls calls) {
		calls.reads().giveBack();
		calls.read(Operation.LIST_WORKFLOWS, Priority.SWEEP, () -> {
			throw new AssertionError("must not be called");
		}, answer -> answer);
	}

	private static Quota shut() {
		return quota(() -> false);
	}

	private static Quota broken() {
		return quota(() -> {
			throw new IllegalStateException("no database");
		});
	}

	private static Quota quota(BooleanSupplier passes) {
		return new Quota() {

			@Override
			public boolean pass(Operation operation, Priority priority, Duration patience) {
				return passes.getAsBoolean();
			}

			@Override
			public void throttled(Operation operation, @Nullable Duration retryAfter) {
			}

		};
	}

	private static Fault fault(Fault.Kind kind) {
		return new Fault(kind, null, "for a test", null, null);
	}

}
