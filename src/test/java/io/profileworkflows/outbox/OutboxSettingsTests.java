package io.profileworkflows.outbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxSettingsTests {

	private final OutboxSettings settings = Replica.SETTINGS;

	@ParameterizedTest
	@CsvSource({ "1, PT1S", "2, PT2S", "3, PT4S", "8, PT2M8S", "9, PT4M16S", "10, PT5M", "1000, PT5M" })
	void doublesTheDelayUpToTheCap(int failures, Duration delay) {
		assertThat(settings.delayAfter(failures, 1)).isEqualTo(delay);
	}

	@Test
	void leavesHalfOfTheDelayToChance() {
		assertThat(settings.delayAfter(3, 0)).isEqualTo(Duration.ofSeconds(2));
		assertThat(settings.delayAfter(3, 0.5)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void givesUpAfterTheLastAttempt() {
		assertThat(settings.isLast(2)).isFalse();
		assertThat(settings.isLast(3)).isTrue();
	}

}
