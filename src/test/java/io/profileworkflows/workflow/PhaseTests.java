package io.profileworkflows.workflow;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.profileworkflows.workflow.Phase.ACCEPTED;
import static io.profileworkflows.workflow.Phase.CANCELLED;
import static io.profileworkflows.workflow.Phase.DELETED;
import static io.profileworkflows.workflow.Phase.DELETING;
import static io.profileworkflows.workflow.Phase.FINISHED;
import static io.profileworkflows.workflow.Phase.NEEDS_REVIEW;
import static io.profileworkflows.workflow.Phase.REJECTED;
import static io.profileworkflows.workflow.Phase.SUBMITTED;
import static io.profileworkflows.workflow.Phase.SUBMITTING;
import static io.profileworkflows.workflow.Phase.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

class PhaseTests {

	/** As the design says it. */
	private static final Map<Phase, Set<Phase>> TABLE = new HashMap<>(
			Map.of(ACCEPTED, EnumSet.of(SUBMITTING, CANCELLED, REJECTED, NEEDS_REVIEW), SUBMITTING,
					EnumSet.of(SUBMITTED, ACCEPTED, REJECTED, UNCONFIRMED, NEEDS_REVIEW), UNCONFIRMED,
					EnumSet.of(SUBMITTED, ACCEPTED, CANCELLED, NEEDS_REVIEW), NEEDS_REVIEW,
					EnumSet.of(SUBMITTED, ACCEPTED, REJECTED), SUBMITTED, EnumSet.of(FINISHED, DELETING), FINISHED,
					EnumSet.of(DELETING), DELETING, EnumSet.of(DELETED, SUBMITTED, FINISHED)));

	static Stream<Arguments> pairs() {
		return Arrays.stream(Phase.values())
			.flatMap(from -> Arrays.stream(Phase.values()).map(next -> Arguments.of(from, next)));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void changesAsTheTableSays(Phase from, Phase next) {
		assertThat(from.canBecome(next)).isEqualTo(TABLE.getOrDefault(from, Set.of()).contains(next));
	}

	@Test
	void releasesItsFlowNameWhereNothingAtAwsCarriesIt() {
		assertThat(Phase.values()).filteredOn(Phase::releasesFlowName)
			.containsExactlyInAnyOrder(REJECTED, CANCELLED, DELETED);
	}

	@ParameterizedTest
	@EnumSource
	void leadsNowhereOnceItReleasedItsFlowName(Phase phase) {
		if (phase.releasesFlowName()) {
			assertThat(Phase.values()).noneMatch(phase::canBecome);
		}
	}

	@Test
	void isLiveUntilNothingIsLeftToDo() {
		assertThat(Phase.values()).filteredOn(phase -> !phase.isLive())
			.containsExactlyInAnyOrder(FINISHED, REJECTED, CANCELLED, DELETED);
	}

}
