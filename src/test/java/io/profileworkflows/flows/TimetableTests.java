package io.profileworkflows.flows;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimetableTests {

	private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

	/**
	 * When the next run is due, and from when on it is late. In a zone without summer
	 * time, and in one on the days when it begins and ends.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					rate(1hours)           | -             | 2026-06-01T10:00:05Z | 2026-06-01T11:00:00Z | 2026-06-01T12:00:00Z
					rate(5minutes)         | -             | 2026-06-01T10:00:00Z | 2026-06-01T10:05:00Z | 2026-06-01T10:10:00Z
					rate(1days)            | -             | 2026-03-28T00:00:01Z | 2026-03-29T00:00:00Z | 2026-03-30T00:00:00Z
					rate(1hours)           | -             | -                    | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z
					rate(5minutes)         | -             | 2025-09-01T00:00:00Z | 2025-09-01T00:05:00Z | 2025-09-01T00:10:00Z
					cron(0 6 ? * MON-FRI *) | -            | 2026-06-05T06:00:10Z | 2026-06-08T06:00:00Z | 2026-06-09T06:00:00Z
					cron(0 9 * * ? *)      | Asia/Tokyo    | 2026-06-01T09:00:10Z | 2026-06-02T09:00:00Z | 2026-06-03T09:00:00Z
					cron(0 9 * * ? *)      | America/New_York | 2026-06-01T09:00:10Z | 2026-06-02T09:00:00Z | 2026-06-03T09:00:00Z
					cron(0 9 * * ? *)      | America/New_York | 2026-06-01T13:00:10Z | 2026-06-02T09:00:00Z | 2026-06-03T13:00:00Z
					cron(30 2 * * ? *)     | Europe/Berlin | 2026-03-28T01:30:10Z | 2026-03-28T02:30:00Z | 2026-03-31T00:30:00Z
					cron(30 2 * * ? *)     | Europe/Berlin | 2026-10-24T00:30:10Z | 2026-10-24T02:30:00Z | 2026-10-26T01:30:00Z
					cron(0/10 9-17 * * ? *) | America/New_York | 2026-06-01T21:50:10Z | 2026-06-02T09:00:00Z | 2026-06-02T13:10:00Z
					cron(0 0 1 1 ? 2026)   | -             | 2026-06-01T06:00:10Z | -                    | -
					cron(0 6 * * ? *)      | -             | 2026-06-01T06:00:10Z | 2026-06-02T06:00:00Z | 2026-06-03T06:00:00Z
					rubbish                | -             | 2026-06-01T06:00:10Z | -                    | -
					rate(1hours)           | No/Where      | 2026-06-01T10:00:05Z | 2026-06-01T11:00:00Z | 2026-06-01T12:00:00Z
					""")
	void tellsWhenTheNextRunIsDueAndFromWhenOnItIsLate(String expression, String zone, Instant lastRun, Instant due,
			Instant late) {
		var found = new Timetable(expression, null, null, zone, SINCE).after(lastRun);

		if (due == null) {
			assertThat(found).isNull();
			return;
		}
		assertThat(found.at()).isEqualTo(due);
		assertThat(found.late()).isEqualTo(late);
		assertThat(found.isLate(late)).isFalse();
		assertThat(found.isLate(late.plusMillis(1))).isTrue();
	}

	@Test
	void beginsWithTheScheduleAndEndsWithIt() {
		var start = Instant.parse("2026-06-01T12:00:00Z");
		var end = Instant.parse("2026-06-01T14:30:00Z");
		var timetable = new Timetable("rate(1hours)", start, end, null, SINCE);

		assertThat(timetable.after(null).at()).isEqualTo(start);
		assertThat(timetable.after(start.plusSeconds(3)).at()).isEqualTo(Instant.parse("2026-06-01T13:00:00Z"));
		assertThat(timetable.after(Instant.parse("2026-06-01T14:00:02Z"))).isNull();
	}

}
