package io.profileworkflows.tracking;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrackingSettingsTests {

	private final TrackingSettings settings = new TrackingSettings(1, Duration.ofSeconds(10), Duration.ofMinutes(2),
			Duration.ofSeconds(10), Duration.ofMinutes(1));

	@ParameterizedTest
	@CsvSource({ "-30, 10", "0, 10", "100, 10", "101, 10", "300, 30", "1199, 119", "1200, 120", "86400, 120" })
	void looksTheMoreRarelyTheLongerNothingChanged(long quietSeconds, long pauseSeconds) {
		var now = Instant.parse("2026-11-24T12:00:00Z");

		assertThat(settings.pauseAfter(now.minusSeconds(quietSeconds), now)).isBetween(Duration.ofSeconds(pauseSeconds),
				Duration.ofSeconds(pauseSeconds + 1));
	}

}
