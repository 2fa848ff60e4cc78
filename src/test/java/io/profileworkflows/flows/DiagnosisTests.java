package io.profileworkflows.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.profileworkflows.appflow.ListedFlow;
import io.profileworkflows.flows.WrittenFlow.Hidden;
import io.profileworkflows.workflow.FlowHealth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DiagnosisTests {

	private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

	private static final String DENIED = "This service has no permission for appflow:DescribeFlow, or AWS does not "
			+ "accept its credentials";

	/**
	 * Status, trigger, and the runs with the latest first, each with its records; E is
	 * one that ended in an error, R one of which 2 records were refused, I one that goes
	 * on, C one that was cancelled, ? one with a status that nobody here knows.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					Active     | Scheduled | 7             | HEALTHY  | -
					Active     | Event     | 7             | HEALTHY  | -
					Active     | OnDemand  | 7             | HEALTHY  | -
					Active     | OnDemand  | -             | HEALTHY  | -
					Draft      | OnDemand  | -             | HEALTHY  | -
					Suspended  | OnDemand  | 7             | HEALTHY  | -
					Active     | Event     | -             | PENDING  | It has not run yet
					Active     | Event     | I             | PENDING  | It has not run yet
					Active     | Event     | C             | PENDING  | It has not run yet
					Active     | Scheduled | I 7           | HEALTHY  | -
					Active     | Scheduled | C 7           | HEALTHY  | -
					Active     | Scheduled | ? 7           | HEALTHY  | -
					Active     | Scheduled | 0             | HEALTHY  | -
					Active     | Scheduled | 0 0           | HEALTHY  | -
					Active     | Scheduled | 0 0 0         | EMPTY    | The last 3 runs brought no records
					Active     | Scheduled | 0 0 0 7       | EMPTY    | The last 3 runs brought no records
					Active     | Scheduled | I 0 C 0 0     | EMPTY    | The last 3 runs brought no records
					Active     | Scheduled | 7 0 0 0       | HEALTHY  | -
					Active     | Scheduled | 0 7 0 0       | HEALTHY  | -
					Active     | OnDemand  | 0 0 0         | EMPTY    | The last 3 runs brought no records
					Active     | Scheduled | E 7           | FAILING  | The last run ended in an error: no
					Active     | Scheduled | I E           | FAILING  | The last run ended in an error: no
					Active     | Scheduled | C E           | FAILING  | The last run ended in an error: no
					Active     | Scheduled | 7 E           | HEALTHY  | -
					Active     | OnDemand  | E             | FAILING  | The last run ended in an error: no
					Active     | Scheduled | R             | FAILING  | The destination refused 2 records of the last run
					Active     | Scheduled | 7 R           | HEALTHY  | -
					Active     | Scheduled | E 0 0 0       | FAILING  | The last run ended in an error: no
					Active     | Scheduled | 0 E 0 0       | HEALTHY  | -
					Draft      | Scheduled | -             | INACTIVE | AppFlow says that the flow is Draft
					Draft      | Event     | -             | INACTIVE | AppFlow says that the flow is Draft
					Suspended  | Scheduled | 7             | INACTIVE | AppFlow says that the flow is Suspended
					Errored    | Event     | 7             | INACTIVE | AppFlow says that the flow is Errored
					Deprecated | Scheduled | 7             | INACTIVE | AppFlow says that the flow is Deprecated
					Deleted    | Scheduled | 7             | INACTIVE | AppFlow says that the flow is Deleted
					Deleted    | OnDemand  | 7             | INACTIVE | AppFlow says that the flow is Deleted
					Suspended  | Scheduled | E             | INACTIVE | AppFlow says that the flow is Suspended; The last run ended in an error: no
					Suspended  | Scheduled | 0 0 0         | INACTIVE | AppFlow says that the flow is Suspended; The last 3 runs brought no records
					Suspended  | OnDemand  | E             | FAILING  | The last run ended in an error: no
					Dreaming   | Scheduled | 7             | UNKNOWN  | AppFlow says that the flow is Dreaming, which nobody here knows
					Dreaming   | Scheduled | E             | FAILING  | The last run ended in an error: no; AppFlow says that the flow is Dreaming, which nobody here knows
					""")
	void judgesByStatusAndRuns(String status, String trigger, String runs, FlowHealth health, String reasons) {
		var state = diagnose(flow(status, trigger, runs)).state();

		assertThat(state.health()).isEqualTo(health);
		assertThat(String.join("; ", state.reasons())).isEqualTo((reasons != null) ? reasons : "");
		assertThat(state.status()).isEqualTo(status);
	}

	@Test
	void showsTheLatestRunWhateverBecameOfIt() {
		var run = diagnose(flow("Active", "Scheduled", "I 7")).state().lastRun();

		assertThat(run.status()).isEqualTo("InProgress");
		assertThat(run.endedAt()).isNull();
	}

	@Test
	void saysWhatAppFlowSaysOfTheStatus() {
		var flow = flow("Suspended", "Scheduled", "7").describe("the token has expired", asked("Scheduled"), List.of());

		assertThat(diagnose(flow).state().reasons())
			.containsExactly("AppFlow says that the flow is Suspended: the token has expired");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "E", "0 0 0" })
	void isGoneWhateverElseWasTrueOfIt(String runs) {
		var flow = flow("Suspended", "Scheduled", runs).describe(null, asked("Event"), List.of(difference())).vanish();

		var diagnosis = diagnose(flow);

		assertThat(diagnosis.state().health()).isEqualTo(FlowHealth.GONE);
		assertThat(diagnosis.state().reasons()).containsExactly("AppFlow does not know the flow: it was deleted");
		assertThat(diagnosis.state().status()).isNull();
	}

	@Test
	void isThereAgainOnceItIsListedAgain() {
		var flow = flow("Active", "Scheduled", "7").vanish().see(listed("Active", "Scheduled", null, null));

		assertThat(diagnose(flow).state().health()).isEqualTo(FlowHealth.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Active    | 7     | DRIFTED
			Active    | E     | FAILING
			Active    | 0 0 0 | DRIFTED
			Suspended | 7     | INACTIVE
			""")
	void tellsWhatDiffersFromTheRequest(String status, String runs, FlowHealth health) {
		var flow = flow(status, "Scheduled", runs).describe(null, asked("Scheduled"), List.of(difference()));

		var diagnosis = diagnose(flow);

		assertThat(diagnosis.state().health()).isEqualTo(health);
		assertThat(diagnosis.state().reasons()).contains("/Tasks/3 is secret; asked for was hidden");
		assertThat(diagnosis.brief()).doesNotContain("secret", "hidden");
	}

	@Test
	void namesTheMembersThatDifferWhereTheirValuesMustNotBeSeen() {
		var flow = flow("Active", "Scheduled", "7").describe(null, asked("Scheduled"), List.of(difference()));

		assertThat(diagnose(flow).brief()).isEqualTo("It differs from the request in /Tasks/3");
	}

	@Test
	void knowsNothingBeforeTheFirstLook() {
		var state = diagnose(WrittenFlow.begin("flow", asked("Scheduled"))).state();

		assertThat(state.health()).isEqualTo(FlowHealth.UNKNOWN);
		assertThat(state.reasons()).containsExactly("The flow has not been looked at yet");
	}

	@Test
	void knowsLittleOfWhatWasOnlyListed() {
		var flow = WrittenFlow.begin("flow", asked("Scheduled"))
			.see(listed("Active", "Scheduled", "Successful", NOW.minusSeconds(60)));

		assertThat(diagnose(flow).state().reasons()).containsExactly("What the flow does has not been looked at yet",
				"The runs of the flow have not been looked at yet");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Suspended | Successful | INACTIVE
			Active    | Error      | FAILING
			""")
	void needsNoCloserLookToTellBadNews(String status, String lastRun, FlowHealth health) {
		var flow = WrittenFlow.begin("flow", asked("Scheduled"))
			.see(listed(status, "Scheduled", lastRun, NOW.minusSeconds(60)));

		assertThat(diagnose(flow).state().health()).isEqualTo(health);
	}

	@Test
	void tellsOfAnErrorThatWasOnlyListed() {
		var before = flow("Active", "Scheduled", "7 7 7");

		var state = diagnose(before.see(listed("Active", "Scheduled", "Error", NOW))).state();

		assertThat(state.health()).isEqualTo(FlowHealth.FAILING);
		assertThat(state.lastRun().status()).isEqualTo("Error");
		assertThat(state.lastRun().executionId()).isNull();
	}

	@Test
	void doesNotTakeASuccessForGoodNewsBeforeItsRecordsAreKnown() {
		var empty = flow("Active", "Scheduled", "0 0 0");
		var failing = flow("Active", "Scheduled", "E 7");

		assertThat(diagnose(empty.see(listed("Active", "Scheduled", "Successful", NOW))).state().health())
			.isEqualTo(FlowHealth.EMPTY);
		assertThat(diagnose(failing.see(listed("Active", "Scheduled", "Successful", NOW))).state().health())
			.isEqualTo(FlowHealth.FAILING);
	}

	@Test
	void saysWhatItMayNotSee() {
		var hidden = flow("Active", "Scheduled", "7").hide(Hidden.NOTHING.definition(DENIED));
		var failing = flow("Active", "Scheduled", "E").hide(Hidden.NOTHING.definition(DENIED));

		assertThat(diagnose(hidden).state().health()).isEqualTo(FlowHealth.UNKNOWN);
		assertThat(diagnose(hidden).state().reasons()).containsExactly(DENIED);
		assertThat(diagnose(failing).state().health()).isEqualTo(FlowHealth.FAILING);
		assertThat(diagnose(failing).state().reasons()).endsWith(DENIED);
	}

	@Test
	void trustsNothingItKnewWhereNothingCanBeSeen() {
		var hidden = flow("Suspended", "Scheduled", "E").hide(Hidden.NOTHING.all(DENIED));

		assertThat(diagnose(hidden).state().health()).isEqualTo(FlowHealth.UNKNOWN);
		assertThat(diagnose(hidden).state().reasons()).containsExactly(DENIED);
	}

	@Test
	void staysGoneWhereNothingCanBeSeen() {
		var gone = flow("Active", "Scheduled", "7").vanish().hide(Hidden.NOTHING.all(DENIED));

		assertThat(diagnose(gone).state().health()).isEqualTo(FlowHealth.GONE);
	}

	@Test
	void countsAsManyEmptyRunsAsItIsTold() {
		var flow = flow("Active", "Scheduled", "0 0");

		assertThat(Diagnosis.of(flow, 1, NOW).state().health()).isEqualTo(FlowHealth.EMPTY);
		assertThat(Diagnosis.of(flow, 2, NOW).state().health()).isEqualTo(FlowHealth.EMPTY);
		assertThat(Diagnosis.of(flow, 3, NOW).state().health()).isEqualTo(FlowHealth.HEALTHY);
	}

	@Test
	void cutsWhatAppFlowSaysToOneLine() {
		var flow = flow("Suspended", "Scheduled", "7").describe(Text.line("a\n\tb" + "x".repeat(300)),
				asked("Scheduled"), List.of());

		assertThat(diagnose(flow).state().reasons().getFirst()).contains("a bxx").endsWith("…");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			Active    | 2026-06-15T11:59:00Z | HEALTHY
			Active    | 2026-06-15T10:00:01Z | HEALTHY
			Active    | 2026-06-15T09:00:01Z | LATE
			Active    | 2026-06-14T11:59:00Z | LATE
			Suspended | 2026-06-14T11:59:00Z | INACTIVE
			""")
	void isLateOnceARunIsOverdueByMoreThanItsInterval(String status, Instant lastRun, FlowHealth health) {
		var hourly = new Asked("Scheduled",
				new Timetable("rate(1hours)", null, null, null, NOW.minus(Duration.ofDays(9))));
		var run = new Run("run", "Successful", lastRun, lastRun.plusSeconds(9), 7L, 0L, null);
		var flow = WrittenFlow.begin("flow", hourly)
			.see(listed(status, "Scheduled", "Successful", lastRun))
			.describe(null, hourly, List.of())
			.read(List.of(run));

		var state = diagnose(flow).state();

		assertThat(state.health()).isEqualTo(health);
		assertThat(state.nextRunDue() != null).isEqualTo(status.equals("Active"));
	}

	@Test
	void isPendingBeforeItsFirstRunAndLateAfterwards() {
		var asked = new Asked("Scheduled",
				new Timetable("rate(1hours)", NOW.minusSeconds(60), null, null, NOW.minus(Duration.ofDays(1))));
		var flow = WrittenFlow.begin("flow", asked)
			.see(listed("Active", "Scheduled", null, null))
			.describe(null, asked, List.of());

		assertThat(diagnose(flow).state().health()).isEqualTo(FlowHealth.PENDING);
		assertThat(Diagnosis.of(flow, 3, NOW.plus(Duration.ofHours(2))).state().health()).isEqualTo(FlowHealth.LATE);
	}

	static Diagnosis diagnose(WrittenFlow flow) {
		return Diagnosis.of(flow, 3, NOW);
	}

	/** All of it was looked at. */
	static WrittenFlow flow(String status, String trigger, String runs) {
		var read = runs(runs);
		var last = read.isEmpty() ? null : read.getFirst();
		return WrittenFlow.begin("flow", asked(trigger))
			.see(listed(status, trigger, (last != null) ? last.status() : null,
					(last != null) ? last.startedAt() : null))
			.describe(null, asked(trigger), List.of())
			.read(read);
	}

	private static ListedFlow listed(String status, String trigger, String lastRun, Instant at) {
		return new ListedFlow("flow", status, trigger, NOW.minus(Duration.ofDays(1)), lastRun, at, null);
	}

	private static List<Run> runs(String runs) {
		var letters = (runs != null) ? Arrays.asList(runs.split(" ")) : List.<String>of();
		return IntStream.range(0, letters.size()).mapToObj(number -> run(number, letters.get(number))).toList();
	}

	private static Run run(int number, String letter) {
		var start = NOW.minus(Duration.ofMinutes(number + 1));
		var end = start.plusSeconds(10);
		return switch (letter) {
			case "E" -> new Run("run-" + number, "Error", start, end, 0L, 0L, "no");
			case "R" -> new Run("run-" + number, "Successful", start, end, 7L, 2L, null);
			case "I" -> new Run("run-" + number, "InProgress", start, null, 0L, 0L, null);
			case "C" -> new Run("run-" + number, "Canceled", start, null, 0L, 0L, null);
			case "?" -> new Run("run-" + number, "Dreaming", start, null, 0L, 0L, null);
			default -> new Run("run-" + number, "Successful", start, end, Long.valueOf(letter), 0L, null);
		};
	}

	private static Asked asked(String trigger) {
		return new Asked(trigger, null);
	}

	private static Difference difference() {
		return new Difference("/Tasks/3", "hidden", "secret");
	}

}
