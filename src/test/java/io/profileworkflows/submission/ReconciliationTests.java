package io.profileworkflows.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.profileworkflows.customerprofiles.Sighting;
import io.profileworkflows.submission.Attempt.Outcome;
import io.profileworkflows.workflow.Candidate;
import io.profileworkflows.workflow.WorkflowId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.profileworkflows.submission.Attempt.Outcome.CREATED;
import static io.profileworkflows.submission.Attempt.Outcome.NOT_SENT;
import static io.profileworkflows.submission.Attempt.Outcome.REFUSED;
import static io.profileworkflows.submission.Attempt.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

class ReconciliationTests {

	private static final Instant STARTED = Instant.parse("2026-11-24T12:00:00Z");

	private static final Instant DEADLINE = STARTED.plusSeconds(30);

	private static final Patience PATIENCE = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(6),
			Duration.ofSeconds(30), Duration.ofHours(1));

	/** From here on, what was begun later than this is believed. */
	private static final Instant SETTLED = DEADLINE.plus(PATIENCE.settleTime());

	private static final Instant AFTER = SETTLED.plusSeconds(1);

	private static final Instant EXHAUSTED = DEADLINE.plus(PATIENCE.limit()).plusMillis(1);

	private static final String ROLE = "arn:aws:iam::123456789012:role/ingest";

	private static final Attempt LOST = attempt(1, null);

	// the attempts alone

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void believesTheAnswerToAnyAttemptBeforeAllElse(int answered) {
		var made = answered(answered, CREATED);
		var other = attempt(3 - answered, UNKNOWN);
		var unconfirmed = (answered == 1) ? caseOf(made, other) : caseOf(other, made);

		assertThat(Reconciliation.withoutScan(unconfirmed)).contains(new ReconciliationResult.Answered(made));
		assertThat(of(unconfirmed, scan(STARTED, sighting("other").named("orders"))))
			.isEqualTo(new ReconciliationResult.Answered(made));
	}

	@Test
	void asksAwsAboutWhatNobodyHasHeardOf() {
		assertThat(Reconciliation.withoutScan(caseOf(LOST))).isEmpty();
		assertThat(Reconciliation.withoutScan(caseOf(attempt(1, UNKNOWN)))).isEmpty();
		assertThat(Reconciliation.withoutScan(caseOf(answered(1, NOT_SENT), attempt(2, UNKNOWN)))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_SENT", "REFUSED" })
	void takesForAbsentWhatALateAnswerSaysWasNotMade(Outcome late) {
		var unconfirmed = caseOf(answered(1, late));

		assertThat(Reconciliation.withoutScan(unconfirmed)).contains(new ReconciliationResult.Absent());
		assertThat(of(unconfirmed, scan(STARTED, sighting("other").named("orders"))))
			.isEqualTo(new ReconciliationResult.Absent());
	}

	@Test
	void takesForAbsentWhatIsResolvedAttemptByAttempt() {
		assertThat(Reconciliation.withoutScan(caseOf(attempt(1, UNKNOWN, AFTER, AFTER), answered(2, REFUSED))))
			.contains(new ReconciliationResult.Absent());
	}

	// an equal FlowName

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 390, 391, 10_000 })
	void adoptsAnEqualFlowNameAtAnyTime(long seconds) {
		assertThat(of(caseOf(LOST), scan(STARTED.plusSeconds(seconds), sighting("a").named("orders"))))
			.isEqualTo(new ReconciliationResult.Found("a", "its FlowName is equal"));
	}

	@Test
	void adoptsWhatHasAnEqualFlowNameAmongItsSteps() {
		assertThat(of(caseOf(LOST), scan(STARTED, sighting("a").named("orders", "orders-b2"))))
			.isEqualTo(new ReconciliationResult.Found("a", "its FlowName is equal"));
	}

	@Test
	void prefersAnEqualFlowNameToAllOthers() {
		var scan = scan(AFTER, sighting("longer").named("orders-b1"), sighting("silent"),
				sighting("equal").named("orders"), sighting("longer too").named("orders2"));

		assertThat(of(caseOf(LOST), scan)).isEqualTo(new ReconciliationResult.Found("equal", "its FlowName is equal"));
	}

	@Test
	void leavesSeveralEqualFlowNamesToAPerson() {
		var scan = scan(STARTED, sighting("a").named("orders"), sighting("b").named("orders"),
				sighting("c").named("orders-b1"));

		assertThat(of(caseOf(LOST), scan)).isInstanceOfSatisfying(ReconciliationResult.Undecidable.class,
				undecidable -> {
					assertThat(undecidable.reason())
						.isEqualTo("Several workflows at Customer Profiles carry its FlowName");
					assertThat(undecidable.candidates()).extracting(Candidate::remoteWorkflowId)
						.containsExactly("a", "b", "c");
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Orders", "order", "xorders", "leads" })
	void leavesOtherFlowNamesAlone(String other) {
		assertThat(of(caseOf(LOST), scan(AFTER, sighting("a").named(other))))
			.isInstanceOf(ReconciliationResult.MissingOnce.class);
	}

	@Test
	void adoptsInAScanThatProvesNothing() {
		var scan = new Scan(AFTER, false, List.of(sighting("a").named("orders").build()), Set.of());

		assertThat(of(caseOf(LOST), scan)).isInstanceOf(ReconciliationResult.Found.class);
	}

	// a FlowName that begins with ours

	@Test
	void believesALongerFlowNameOnlyAtASecondLookAfterTheSettleTime() {
		var longer = sighting("a").named("orders-b1", "orders-b2");
		var looked = new ReconciliationResult.MissingOnce(AFTER, AFTER.plusSeconds(30));
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));

		assertThat(of(caseOf(LOST), scan(SETTLED, longer))).isInstanceOf(ReconciliationResult.Open.class);
		assertThat(of(caseOf(LOST), scan(AFTER, longer))).isEqualTo(looked);
		assertThat(of(missing, scan(AFTER.plusMillis(29_999), longer)))
			.isEqualTo(new ReconciliationResult.Open(AFTER.plusSeconds(30)));
		assertThat(of(missing, scan(AFTER.plusSeconds(30), longer)))
			.isEqualTo(new ReconciliationResult.Found("a", "its FlowName begins with ours, and no other does"));
	}

	@Test
	void leavesSeveralLongerFlowNamesToAPerson() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));
		var scan = scan(AFTER.plusSeconds(30), sighting("a").named("orders-b1"), sighting("b").named("orders2"));

		assertThat(of(missing, scan)).isInstanceOfSatisfying(ReconciliationResult.Undecidable.class, undecidable -> {
			assertThat(undecidable.reason())
				.isEqualTo("The FlowNames of several workflows at Customer Profiles begin with its own");
			assertThat(undecidable.candidates()).hasSize(2);
		});
	}

	@Test
	void leavesALongerFlowNameToTheLongestThatIsKnown() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));
		var theirs = sighting("theirs").named("orders-eu-b1");
		var known = Set.of("orders", "orders-eu");
		var begunAt = AFTER.plusSeconds(30);

		assertThat(of(missing, new Scan(begunAt, true, List.of(theirs.build()), known))).as("nothing of ours is there")
			.isEqualTo(new ReconciliationResult.Absent());
		assertThat(of(missing,
				new Scan(begunAt, true, List.of(theirs.build(), sighting("ours").named("orders-b1").build()), known)))
			.isInstanceOfSatisfying(ReconciliationResult.Found.class,
					found -> assertThat(found.remoteWorkflowId()).isEqualTo("ours"));
		assertThat(of(missing, new Scan(begunAt, true, List.of(theirs.build()), Set.of("orders", "order"))))
			.as("shorter ones fit worse")
			.isInstanceOf(ReconciliationResult.Found.class);
	}

	@Test
	void waitsForAllThatAreSilentBeforeItBelievesALongerFlowName() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));

		assertThat(of(missing, scan(AFTER.plusSeconds(30), sighting("a").named("orders-b1"), sighting("silent"))))
			.isInstanceOf(ReconciliationResult.Open.class);
	}

	// absence

	@Test
	void believesNothingUntilTheSettleTimeIsOver() {
		assertThat(of(caseOf(LOST), scan(SETTLED))).isEqualTo(new ReconciliationResult.Open(SETTLED.plusMillis(1)));
		assertThat(of(caseOf(LOST), scan(SETTLED.plusMillis(1)))).isEqualTo(
				new ReconciliationResult.MissingOnce(SETTLED.plusMillis(1), SETTLED.plusMillis(1).plusSeconds(30)));
	}

	@Test
	void believesInAbsenceAtASecondLook() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));

		assertThat(of(missing, scan(AFTER.plusMillis(29_999))))
			.isEqualTo(new ReconciliationResult.Open(AFTER.plusSeconds(30)));
		assertThat(of(missing, scan(AFTER.plusSeconds(30)))).isEqualTo(new ReconciliationResult.Absent());
	}

	@Test
	void waitsForTheLastOfSeveralAttempts() {
		var later = DEADLINE.plusSeconds(100);
		var second = new Attempt(2, later.minusSeconds(30), later, UNKNOWN, null, null, null, null, null);

		assertThat(of(caseOf(LOST, second), scan(AFTER))).isInstanceOf(ReconciliationResult.Open.class);
		assertThat(of(caseOf(LOST, second), scan(later.plus(PATIENCE.settleTime()).plusMillis(1))))
			.isInstanceOf(ReconciliationResult.MissingOnce.class);
	}

	@Test
	void countsTheSecondLookFromTheLatestFirstOne() {
		var one = attempt(1, UNKNOWN, AFTER, null);
		var other = attempt(2, UNKNOWN, AFTER.plusSeconds(60), null);

		assertThat(of(caseOf(one, attempt(2, UNKNOWN)), scan(AFTER.plusSeconds(60)))).as("one of them was never missed")
			.isInstanceOf(ReconciliationResult.MissingOnce.class);
		assertThat(of(caseOf(one, other), scan(AFTER.plusSeconds(89))))
			.isEqualTo(new ReconciliationResult.Open(AFTER.plusSeconds(90)));
		assertThat(of(caseOf(one, other), scan(AFTER.plusSeconds(90)))).isEqualTo(new ReconciliationResult.Absent());
	}

	@Test
	void neverTakesASilentOneForAbsent() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));

		assertThat(of(missing, scan(EXHAUSTED.minusMillis(1), sighting("silent"))))
			.isInstanceOf(ReconciliationResult.Open.class);
		assertThat(of(missing, scan(EXHAUSTED, sighting("silent"))))
			.isInstanceOfSatisfying(ReconciliationResult.Undecidable.class, undecidable -> {
				assertThat(undecidable.reason()).isEqualTo("What may be it shows no steps");
				assertThat(undecidable.candidates()).singleElement().satisfies(candidate -> {
					assertThat(candidate.speaksAgainst()).containsExactly("it shows no steps, so no FlowName");
					assertThat(candidate.flowNames()).isEmpty();
				});
			});
	}

	@Test
	void neverTakesForAbsentWhatWasNotShown() {
		var missing = caseOf(attempt(1, UNKNOWN, AFTER, null));

		assertThat(of(missing, new Scan(EXHAUSTED.minusMillis(1), false, List.of(), Set.of())))
			.isInstanceOf(ReconciliationResult.Open.class);
		assertThat(of(missing, new Scan(EXHAUSTED, false, List.of(), Set.of())))
			.isEqualTo(new ReconciliationResult.Undecidable("Customer Profiles does not show its domain", List.of()));
	}

	@Test
	void believesInAbsenceEvenAfterItsLimit() {
		assertThat(of(caseOf(LOST), scan(EXHAUSTED))).isInstanceOf(ReconciliationResult.MissingOnce.class);
		assertThat(of(caseOf(attempt(1, UNKNOWN, AFTER, null)), scan(EXHAUSTED)))
			.isEqualTo(new ReconciliationResult.Absent());
	}

	// what may be ours at all

	@ParameterizedTest
	@CsvSource({ "-301, false", "-300, true", "0, true", "30, true", "690, true", "691, false" })
	void looksAtWhatWasCreatedWhileAnAttemptMayHaveArrived(long secondsAfterItsStart, boolean fits) {
		var sighting = sighting("a").createdAt(STARTED.plusSeconds(secondsAfterItsStart)).named("orders");

		assertThat(of(caseOf(LOST), scan(STARTED, sighting)) instanceof ReconciliationResult.Found).isEqualTo(fits);
	}

	@Test
	void looksAtTheWindowsOfUnresolvedAttemptsOnly() {
		var hourLater = STARTED.plus(Duration.ofHours(1));
		var second = new Attempt(2, hourLater, hourLater.plusSeconds(30), UNKNOWN, null, null, null, null, null);
		var old = sighting("old").createdAt(STARTED).named("orders");
		var between = sighting("between").createdAt(STARTED.plus(Duration.ofMinutes(30))).named("orders");

		assertThat(of(caseOf(answered(1, NOT_SENT), second), scan(hourLater, old)))
			.isInstanceOf(ReconciliationResult.Open.class);
		assertThat(of(caseOf(LOST, second), scan(hourLater, old))).isInstanceOf(ReconciliationResult.Found.class);
		assertThat(of(caseOf(LOST, second), scan(hourLater, between))).isInstanceOf(ReconciliationResult.Open.class);
	}

	@Test
	void takesNothingThatIsMadeDifferently() {
		assertThat(List.of(sighting("a").connector("Marketo"), sighting("a").profile("other"),
				sighting("a").role("arn:aws:iam::123456789012:role/other")))
			.allSatisfy(different -> assertThat(of(caseOf(LOST), scan(STARTED, different.named("orders"))))
				.isInstanceOf(ReconciliationResult.Open.class));
	}

	@Test
	void letsNothingSpeakAgainstItThatAwsDoesNotTell() {
		var bare = sighting("a").createdAt(null).connector(null).profile(null).role(null).named("orders");

		assertThat(of(caseOf(LOST), scan(STARTED, bare))).isInstanceOf(ReconciliationResult.Found.class);
	}

	@Test
	void comparesNoConnectorProfileWhereTheRequestHasNone() {
		var unconfirmed = new UnconfirmedWorkflow(new WorkflowId(new UUID(0, 1)), "orders", "Salesforce", null, ROLE,
				List.of(LOST));

		assertThat(of(unconfirmed, scan(STARTED, sighting("a").profile("any").named("orders"))))
			.isInstanceOf(ReconciliationResult.Found.class);
	}

	@Test
	void saysWhatSpeaksForAndAgainstACandidate() {
		var scan = scan(STARTED, sighting("a").named("orders"), sighting("b").role(null).named("orders"),
				sighting("c").named("orders-b2", "orders-b1"), sighting("d"));

		assertThat(of(caseOf(LOST), scan)).isInstanceOfSatisfying(ReconciliationResult.Undecidable.class,
				undecidable -> assertThat(undecidable.candidates()).containsExactly(
						new Candidate("a", STARTED, "IN_PROGRESS", List.of("orders"),
								List.of("its FlowName is equal", "it was created when an attempt may have arrived",
										"it uses the same role and connector"),
								List.of()),
						new Candidate("b", STARTED, "IN_PROGRESS", List.of("orders"),
								List.of("its FlowName is equal", "it was created when an attempt may have arrived"),
								List.of()),
						new Candidate("c", STARTED, "IN_PROGRESS", List.of("orders-b1", "orders-b2"),
								List.of("its FlowName begins with ours",
										"it was created when an attempt may have arrived",
										"it uses the same role and connector"),
								List.of("its FlowName is not equal")),
						new Candidate("d", STARTED, "IN_PROGRESS", List.of(),
								List.of("it was created when an attempt may have arrived",
										"it uses the same role and connector"),
								List.of("it shows no steps, so no FlowName"))));
	}

	// when to look again

	@ParameterizedTest
	@CsvSource({ "0, 6", "59, 6", "60, 6", "100, 10", "299, 29.9", "300, 30", "3000, 30" })
	void looksAgainLessOftenAsTimePasses(long age, double pause) {
		var last = STARTED.plusSeconds(age);

		assertThat(PATIENCE.nextLook(caseOf(LOST), last)).isEqualTo(last.plusMillis(Math.round(pause * 1000)));
	}

	@Test
	void looksAgainAtTheMomentThatTheSettleTimeIsOver() {
		assertThat(PATIENCE.nextLook(caseOf(LOST), SETTLED.minusSeconds(10))).isEqualTo(SETTLED.plusMillis(1));
		assertThat(PATIENCE.nextLook(caseOf(LOST), SETTLED)).isEqualTo(SETTLED.plusMillis(1));
		assertThat(PATIENCE.nextLook(caseOf(LOST), SETTLED.plusMillis(1)))
			.isEqualTo(SETTLED.plusMillis(1).plusSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(longs = { -3600, -1, 0, 30, 389, 390, 391, 3600, 360_000 })
	void neverLooksAgainInThePast(long age) {
		var last = STARTED.plusSeconds(age);

		assertThat(PATIENCE.nextLook(caseOf(LOST), last)).isAfter(last);
	}

	@Test
	void looksAgainAfterTheShortestPauseAtLeast() {
		var hasty = new Patience(Duration.ofMinutes(5), Duration.ofMinutes(6), Duration.ofMillis(100),
				Duration.ofHours(1));

		assertThat(hasty.nextLook(caseOf(LOST), STARTED)).isEqualTo(STARTED.plusMillis(100));
	}

	@Test
	void saysWhenToLookAgainWhileNothingIsProved() {
		assertThat(of(caseOf(LOST), scan(STARTED.plusSeconds(100))))
			.isEqualTo(new ReconciliationResult.Open(STARTED.plusSeconds(110)));
	}

	private static ReconciliationResult of(UnconfirmedWorkflow unconfirmed, Scan scan) {
		return Reconciliation.of(unconfirmed, scan, PATIENCE);
	}

	private static UnconfirmedWorkflow caseOf(Attempt... attempts) {
		return new UnconfirmedWorkflow(new WorkflowId(new UUID(0, 1)), "orders", "Salesforce", "crm", ROLE,
				List.of(attempts));
	}

	private static Attempt attempt(int number, @Nullable Outcome outcome) {
		return attempt(number, outcome, null, null);
	}

	private static Attempt attempt(int number, @Nullable Outcome outcome, @Nullable Instant absentSince,
			@Nullable Instant absentAt) {
		return new Attempt(number, STARTED, DEADLINE, outcome, null, null, null, absentSince, absentAt);
	}

	private static Attempt answered(int number, Outcome outcome) {
		return new Attempt(number, STARTED, DEADLINE, outcome, (outcome == CREATED) ? "ours" : null, "because",
				"request-1", null, null);
	}

	private static Scan scan(Instant begunAt, Seen... seen) {
		return new Scan(begunAt, true, Arrays.stream(seen).map(Seen::build).toList(), Set.of("orders"));
	}

	private static Seen sighting(String id) {
		return new Seen(id, STARTED, "Salesforce", "crm", ROLE, Set.of());
	}

	/**
	 * What was seen, of our kind unless said otherwise.
	 */
	private record Seen(String id, @Nullable Instant createdAt, @Nullable String connector, @Nullable String profile,
			@Nullable String role, Set<String> names) {

		Seen createdAt(@Nullable Instant createdAt) {
			return new Seen(id, createdAt, connector, profile, role, names);
		}

		Seen connector(@Nullable String connector) {
			return new Seen(id, createdAt, connector, profile, role, names);
		}

		Seen profile(@Nullable String profile) {
			return new Seen(id, createdAt, connector, profile, role, names);
		}

		Seen role(@Nullable String role) {
			return new Seen(id, createdAt, connector, profile, role, names);
		}

		Seen named(String... names) {
			return new Seen(id, createdAt, connector, profile, role, Set.of(names));
		}

		Sighting build() {
			return new Sighting(id, "IN_PROGRESS", createdAt, connector, profile, role, names);
		}

	}

}
