package io.profileworkflows.customerprofiles;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	@Test
	void hasNotPassedWhileTimeIsLeft() {
		var deadline = Deadline.in(Duration.ofHours(1));

		assertThat(deadline.hasPassed()).isFalse();
		assertThat(deadline.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
	}

	@Test
	void hasPassedOnceNothingIsLeft() {
		assertThat(Deadline.in(Duration.ZERO).hasPassed()).isTrue();
		assertThat(Deadline.in(Duration.ofHours(-1)).hasPassed()).isTrue();
		assertThat(Deadline.in(Duration.ofHours(-1)).remaining()).isZero();
	}

	@Test
	void survivesAClockThatOverflows() {
		var justBefore = new Deadline(System.nanoTime() + Long.MAX_VALUE);

		assertThat(justBefore.hasPassed()).isFalse();
		assertThat(new Deadline(System.nanoTime() - 1).hasPassed()).isTrue();
	}

}
