package io.profileworkflows.security;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatesTests {

	private long now;

	private final Rates rates = new Rates(3, Duration.ofMillis(100), () -> now);

	@Test
	void giveSoMuchAtOnceAndThenAsMuchAsComesIn() {
		take("anna", 3);

		assertThat(rates.take("anna")).isEqualTo(Duration.ofMillis(100));
		pass(Duration.ofMillis(40));
		assertThat(rates.take("anna")).isEqualTo(Duration.ofMillis(60));
		pass(Duration.ofMillis(60));
		take("anna", 1);
		assertThat(rates.take("anna")).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void doNotPunishThoseWhoAskAgainTooSoon() {
		take("anna", 3);
		for (int again = 0; again < 100; again++) {
			assertThat(rates.take("anna")).isEqualTo(Duration.ofMillis(100));
		}

		pass(Duration.ofMillis(100));
		take("anna", 1);
	}

	@Test
	void saveNoMoreThanABucketHolds() {
		take("anna", 3);
		pass(Duration.ofHours(1));

		take("anna", 3);
		assertThat(rates.take("anna")).isPositive();
	}

	@Test
	void keepNamesApart() {
		take("anna", 3);

		take("bob", 3);
		assertThat(rates.take("anna")).isPositive();
	}

	@Test
	void forgetThoseWhoseBucketIsFullAgain() {
		for (int name = 0; name < 100; name++) {
			take("caller-" + name, 1);
			pass(Duration.ofMillis(50));
		}

		assertThat(rates.size()).isLessThan(7);
	}

	@Test
	void rememberOnlySoManyNames() {
		for (int name = 0; name < 20_000; name++) {
			take("caller-" + name, 1);
		}

		assertThat(rates.size()).isEqualTo(10_000);
	}

	@Test
	void doNotForgetThoseWhoAskMostForThoseWhoAskOnce() {
		take("anna", 3);
		for (int name = 0; name < 20_000; name++) {
			take("caller-" + name, 1);
			assertThat(rates.take("anna")).isPositive();
		}
	}

	private void take(String name, int tokens) {
		for (int token = 0; token < tokens; token++) {
			assertThat(rates.take(name)).as("token %d", token).isZero();
		}
	}

	private void pass(Duration time) {
		now += time.toNanos();
	}

}
