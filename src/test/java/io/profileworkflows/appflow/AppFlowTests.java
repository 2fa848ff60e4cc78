package io.profileworkflows.appflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.OnTheSide;
import io.profileworkflows.customerprofiles.CallFailed;
import io.profileworkflows.customerprofiles.Priority;
import io.profileworkflows.simulator.Fault;
import io.profileworkflows.simulator.Operation;
import io.profileworkflows.simulator.PlantedFlow;
import io.profileworkflows.simulator.SimulatedRun;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the port makes of each answer on the wire, and of none.
 */
@OnTheSide
class AppFlowTests {

	private static final Instant MORNING = Instant.parse("2026-11-30T06:00:00Z");

	private static final Simulator aws = Simulator.start(SimulatorSettings.defaults());

	private AppFlow appFlow;

	@BeforeEach
	void forget() {
		aws.reset();
		appFlow = AppFlows.at(aws.endpoint());
	}

	@AfterAll
	static void close() {
		aws.close();
	}

	@Test
	void listsPageAfterPage() {
		IntStream.range(0, 101).forEach(number -> aws.plant(PlantedFlow.of("flow-%03d".formatted(number))));

		var first = appFlow.list(null);
		var second = appFlow.list(first.nextToken());

		assertThat(first.flows()).hasSize(100);
		assertThat(second.flows()).extracting(ListedFlow::flowName).containsExactly("flow-100");
		assertThat(second.nextToken()).isNull();
	}

	@Test
	void describesAFlowAndItsRuns() {
		aws.plant(PlantedFlow.of("accounts")
			.withStatus("Suspended", "its token expired")
			.withRuns(SimulatedRun.failed("run-2", MORNING.plusSeconds(60), "no such field"),
					SimulatedRun.successful("run-1", MORNING, 42)));

		assertThat(appFlow.describe(Priority.SWEEP, "accounts")).hasValueSatisfying(flow -> {
			assertThat(flow.listed().status()).isEqualTo("Suspended");
			assertThat(flow.statusMessage()).isEqualTo("its token expired");
		});
		assertThat(appFlow.runs(Priority.SWEEP, "accounts", null)).hasValueSatisfying(page -> {
			assertThat(page.runs()).extracting(RemoteRun::executionId).containsExactly("run-2", "run-1");
			assertThat(page.runs().getFirst().message()).isEqualTo("no such field");
			assertThat(page.runs().getLast().recordsProcessed()).isEqualTo(42);
		});
	}

	@Test
	void knowsNothingOfAFlowThatIsNotThere() {
		assertThat(appFlow.describe(Priority.SWEEP, "nowhere")).isEmpty();
		assertThat(appFlow.runs(Priority.SWEEP, "nowhere", null)).isEmpty();
		assertThat(appFlow.start("nowhere", "token")).isInstanceOf(CommandOutcome.Gone.class);
		assertThat(appFlow.stop("nowhere")).isInstanceOf(CommandOutcome.Gone.class);
	}

	/** A command that is sent again is the same command. */
	@Test
	void startsOneRunForEachToken() {
		aws.plant(PlantedFlow.of("on-demand").withTrigger("OnDemand"));

		var first = executionOf(appFlow.start("on-demand", "one"));
		var again = executionOf(appFlow.start("on-demand", "one"));
		var second = executionOf(appFlow.start("on-demand", "two"));

		assertThat(again).isEqualTo(first).isNotEqualTo(second).isNotNull();
		assertThat(aws.calls().of(Operation.START_FLOW)).hasSize(3);
	}

	@Test
	void saysWhatACommandDid() {
		aws.plant(PlantedFlow.of("accounts"));

		assertThat(appFlow.stop("accounts")).isEqualTo(new CommandOutcome.Done("Suspended", null));
	}

	@Test
	void passesOnWhyACommandIsRefused() {
		aws.plant(PlantedFlow.of("on-demand").withTrigger("OnDemand"));

		assertThat(appFlow.stop("on-demand")).isInstanceOfSatisfying(CommandOutcome.Refused.class,
				refused -> assertThat(refused.reason()).contains("runs on demand"));
	}

	@ParameterizedTest
	@EnumSource(value = Fault.Kind.class,
			names = { "ACCESS_DENIED_403", "EXPIRED_TOKEN_403", "UNRECOGNIZED_CLIENT_403", "INVALID_SIGNATURE_403" })
	void blamesItsOwnCredentials(Fault.Kind kind) {
		aws.plant(PlantedFlow.of("accounts"));
		aws.faults().next(Operation.LIST_FLOWS, fault(kind)).next(Operation.STOP_FLOW, fault(kind));

		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> appFlow.list(null))
			.matches(CallFailed::isOwnCredentials);
		assertThat(appFlow.stop("accounts")).isInstanceOfSatisfying(CommandOutcome.Refused.class,
				refused -> assertThat(refused.reason()).contains("appflow:StopFlow"));
	}

	/** None of these says whether the flow was stopped. */
	@ParameterizedTest
	@EnumSource(value = Fault.Kind.class,
			names = { "RESET_BEFORE", "RESET_AFTER", "ERROR_500_BEFORE", "ERROR_500_AFTER", "HTML_503", "GARBAGE_200" })
	void doesNotClaimToKnowWhatCameOfACommand(Fault.Kind kind) {
		aws.plant(PlantedFlow.of("accounts"));
		aws.faults().next(Operation.STOP_FLOW, fault(kind));

		assertThat(appFlow.stop("accounts")).isInstanceOf(CommandOutcome.Unsettled.class);
		assertThat(aws.calls().of(Operation.STOP_FLOW)).as("nothing is repeated").hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Fault.Kind.class,
			names = { "RESET_BEFORE", "ERROR_500_BEFORE", "HTML_503", "GARBAGE_200", "THROTTLE_429" })
	void takesNoAnswerForAbsence(Fault.Kind kind) {
		for (var operation : List.of(Operation.LIST_FLOWS, Operation.DESCRIBE_FLOW,
				Operation.DESCRIBE_FLOW_EXECUTION_RECORDS)) {
			aws.faults().next(operation, fault(kind));
		}

		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> appFlow.list(null));
		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> appFlow.describe(Priority.SWEEP, "nowhere"));
		assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> appFlow.runs(Priority.SWEEP, "nowhere", null));
		assertThat(aws.calls().matching(_ -> true)).as("nothing is repeated").hasSize(3);
	}

	private static Fault fault(Fault.Kind kind) {
		return new Fault(kind, Duration.ZERO);
	}

	private static String executionOf(CommandOutcome outcome) {
		assertThat(outcome).isInstanceOf(CommandOutcome.Done.class);
		return ((CommandOutcome.Done) outcome).executionId();
	}

}
