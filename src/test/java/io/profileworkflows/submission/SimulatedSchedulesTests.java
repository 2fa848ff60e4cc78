package io.profileworkflows.submission;

import io.profileworkflows.OnTheSide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Drives the decisions of the protocol through random schedules, each from its seed.
 * {@code -Dschedules.count} says how many, {@code -Dschedules.seed} where to begin: a
 * failure names the seed that replays it alone, with {@code -Dschedules.count=1}.
 */
@OnTheSide
class SimulatedSchedulesTests {

	private static final int COUNT = Integer.getInteger("schedules.count", 100_000);

	private static final long SEED = Long.getLong("schedules.seed", 20_261_124L);

	/** Enough for the rarest breach. */
	private static final int COUNT_TO_NOTICE = 60_000;

	/** From here on, what does not happen is missing. */
	private static final int ENOUGH_TO_COUNT = 50_000;

	private static final int RARE = 2_000;

	@Test
	void makesOneWorkflowAtAwsOfEachRequest() {
		var tally = new Tally();
		var steps = 0L;
		var begin = System.nanoTime();
		for (var number = 0; number < COUNT; number++) {
			steps += run(SEED + number, tally);
		}
		System.out.printf("%,d schedules from seed %d, %,d steps, %.1f s: %s%n", COUNT, SEED, steps,
				(System.nanoTime() - begin) / 1e9, tally);
		if (COUNT >= ENOUGH_TO_COUNT) {
			assertThat(Happening.values()).allSatisfy(
					happening -> assertThat(tally.of(happening)).as(happening.name()).isGreaterThan(COUNT / RARE));
			assertThat(tally.of(Happening.SUCCESS)).as("workflows that run at AWS in the end")
				.isGreaterThan(tally.of(Happening.WORKFLOW) * 2 / 3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void noticesEachBreach(Breach breach) {
		for (var number = 0; number < COUNT_TO_NOTICE; number++) {
			try {
				new World(SEED + number, breach, new Tally(), null).run();
			}
			catch (Violation failure) {
				if (breach.explains(failure)) {
					System.out.printf("%s is noticed in schedule %d: %s%n", breach, number + 1, failure.getMessage());
					return;
				}
			}
		}
		fail("%d schedules with %s do not show what must come of it", COUNT_TO_NOTICE, breach);
	}

	@Test
	void replaysAScheduleFromItsSeed() {
		var first = new StringBuilder();
		var second = new StringBuilder();

		new World(SEED, null, new Tally(), first).run();
		new World(SEED, null, new Tally(), second).run();

		assertThat(first.toString()).isEqualTo(second.toString()).contains("somebody asks for #0");
	}

	private static int run(long seed, Tally tally) {
		try {
			return new World(seed, null, tally, null).run();
		}
		catch (RuntimeException failure) {
			return fail("Seed %d (replay it with -Dschedules.seed=%d -Dschedules.count=1): %s%n%s".formatted(seed, seed,
					failure, replay(seed)), failure);
		}
	}

	private static String replay(long seed) {
		var log = new StringBuilder();
		try {
			new World(seed, null, new Tally(), log).run();
		}
		catch (RuntimeException failure) {
			log.append(failure);
		}
		return log.toString();
	}

}
