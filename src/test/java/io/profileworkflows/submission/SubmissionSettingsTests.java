package io.profileworkflows.submission;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubmissionSettingsTests {

	private final SubmissionSettings settings = new SubmissionSettings(1, Duration.ZERO, Duration.ofSeconds(1),
			Duration.ofMinutes(1), Duration.ofMinutes(6), Duration.ofMinutes(5), Duration.ofSeconds(30),
			Duration.ofHours(1), 50, null);

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "21, 60", "1000000, 60" })
	void pausesTwiceAsLongEachTimeUpToTheLongest(int unsentInARow, int seconds) {
		assertThat(settings.pauseAfter(unsentInARow)).isBetween(Duration.ofMillis(seconds * 500L),
				Duration.ofSeconds(seconds));
	}

}
