package io.profileworkflows.submission;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.profileworkflows.submission.Attempt.Outcome;
import io.profileworkflows.workflow.Phase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.profileworkflows.submission.Attempt.Outcome.CREATED;
import static io.profileworkflows.submission.Attempt.Outcome.NOT_SENT;
import static io.profileworkflows.submission.Attempt.Outcome.REFUSED;
import static io.profileworkflows.submission.Attempt.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ProtocolTests {

	/** An attempt without an outcome: nobody has heard of it again. */
	private static final @Nullable Outcome NONE = null;

	@Test
	void sendsWhatIsAccepted() {
		assertThat(Protocol.whenClaimed(Phase.ACCEPTED, List.of(), null)).isEqualTo(new NextStep.Send());
	}

	@Test
	void sendsAgainWhatCertainlyWasNotSent() {
		assertThat(Protocol.whenClaimed(Phase.ACCEPTED, attempts(NOT_SENT, NOT_SENT), null))
			.isEqualTo(new NextStep.Send());
	}

	@Test
	void givesUpWhatTimeHasSpoiled() {
		assertThat(Protocol.whenClaimed(Phase.ACCEPTED, List.of(), "ScheduleEndTime has passed"))
			.isEqualTo(new NextStep.GiveUp("ScheduleEndTime has passed"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "ACCEPTED", "SUBMITTING" })
	void leavesAloneWhatIsNotToBeSent(Phase phase) {
		assertThat(Protocol.whenClaimed(phase, attempts(UNKNOWN), null)).isEqualTo(new NextStep.Leave());
	}

	@ParameterizedTest
	@MethodSource("attempted")
	void decidesByAllAttemptsThereWere(List<Attempt> attempts, Class<? extends NextStep> step, int number) {
		var decided = Protocol.whenAttempted(attempts);

		assertThat(decided).isInstanceOf(step);
		assertThat(numberOf(decided)).isEqualTo(number);
	}

	@ParameterizedTest
	@MethodSource("attempted")
	void decidesAlikeWhenAnotherTookOver(List<Attempt> attempts, Class<? extends NextStep> step, int number) {
		assertThat(Protocol.whenClaimed(Phase.SUBMITTING, attempts, "ScheduleEndTime has passed"))
			.isEqualTo(Protocol.whenAttempted(attempts));
	}

	static Stream<Arguments> attempted() {
		return Stream.of(arguments(attempts(CREATED), NextStep.Confirm.class, 1),
				arguments(attempts(REFUSED), NextStep.Reject.class, 1),
				arguments(attempts(NOT_SENT), NextStep.Requeue.class, 1),
				arguments(attempts(UNKNOWN), NextStep.LoseSight.class, 1),
				arguments(attempts(NONE), NextStep.LoseSight.class, 1),
				// a workflow that was made outweighs everything
				arguments(attempts(UNKNOWN, CREATED), NextStep.Confirm.class, 2),
				arguments(attempts(CREATED, REFUSED), NextStep.Confirm.class, 1),
				arguments(attempts(CREATED, NONE), NextStep.Confirm.class, 1),
				// what is unknown outweighs all that was certainly not made
				arguments(attempts(UNKNOWN, REFUSED), NextStep.LoseSight.class, 1),
				arguments(attempts(NONE, NOT_SENT), NextStep.LoseSight.class, 1),
				arguments(attempts(NOT_SENT, UNKNOWN, NOT_SENT), NextStep.LoseSight.class, 2),
				// otherwise the last one counts
				arguments(attempts(NOT_SENT, REFUSED), NextStep.Reject.class, 2),
				arguments(attempts(NOT_SENT, NOT_SENT), NextStep.Requeue.class, 2));
	}

	@Test
	void countsHowOftenNothingWasSentInARow() {
		assertThat(Protocol.whenAttempted(attempts(NOT_SENT, NOT_SENT, NOT_SENT)))
			.isInstanceOfSatisfying(NextStep.Requeue.class, requeue -> assertThat(requeue.unsentInARow()).isEqualTo(3));
		assertThat(Protocol.whenAttempted(attempts(NOT_SENT, REFUSED, NOT_SENT)))
			.isInstanceOfSatisfying(NextStep.Requeue.class, requeue -> assertThat(requeue.unsentInARow()).isEqualTo(1));
	}

	@ParameterizedTest
	@EnumSource
	void neverSendsWhileAnAttemptIsUnresolved(Outcome later) {
		for (var unresolved : Arrays.asList(UNKNOWN, NONE)) {
			assertThat(Protocol.whenClaimed(Phase.SUBMITTING, attempts(unresolved, later), null))
				.isNotInstanceOfAny(NextStep.Send.class, NextStep.Requeue.class, NextStep.Reject.class);
		}
	}

	private static List<Attempt> attempts(@Nullable Outcome... outcomes) {
		return IntStream.range(0, outcomes.length)
			.mapToObj(index -> new Attempt(index + 1, Instant.EPOCH, Instant.EPOCH, outcomes[index],
					(outcomes[index] == CREATED) ? "0123456789abcdef0123456789abcdef" : null, "because", null, null,
					null))
			.toList();
	}

	private static int numberOf(NextStep step) {
		return switch (step) {
			case NextStep.Confirm(var attempt) -> attempt.number();
			case NextStep.Reject(var attempt) -> attempt.number();
			case NextStep.Requeue(var attempt, var _) -> attempt.number();
			case NextStep.LoseSight(var attempt) -> attempt.number();
			case NextStep.Send _, NextStep.GiveUp _, NextStep.Leave _ -> 0;
		};
	}

}
