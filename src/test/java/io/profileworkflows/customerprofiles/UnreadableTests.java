package io.profileworkflows.customerprofiles;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableTests {

	private final AtomicLong nanos = new AtomicLong(System.nanoTime());

	private final Unreadable unreadable = new Unreadable(nanos::get);

	@Test
	void leavesOutWhatGoesOnFailing() {
		assertThat(unreadable.failed("a")).isFalse();
		pass(Unreadable.PASSING.minusSeconds(1));
		assertThat(unreadable.failed("a")).isFalse();
		assertThat(unreadable.isResting("a")).isFalse();
		pass(Duration.ofSeconds(1));

		assertThat(unreadable.failed("a")).isTrue();
		assertThat(unreadable.isResting("a")).isTrue();
		assertThat(unreadable.isResting("b")).isFalse();
	}

	@Test
	void letsItBeTriedAgainNowAndThen() {
		unreadable.failed("a");
		pass(Unreadable.PASSING);
		unreadable.failed("a");
		pass(Unreadable.REST);

		assertThat(unreadable.isResting("a")).isFalse();
		assertThat(unreadable.failed("a")).as("once is enough then").isTrue();
	}

	@Test
	void forgetsAFailureThatPassed() {
		unreadable.failed("a");
		pass(Unreadable.PASSING);
		unreadable.answered("a");

		assertThat(unreadable.failed("a")).isFalse();
	}

	private void pass(Duration time) {
		nanos.addAndGet(time.toNanos());
	}

}
