package io.profileworkflows.integration;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ImportSinceTests {

	private static final int RANGES = 10_000;

	/** What a request is warned of that has longer ones. */
	private static final Duration LONGEST = Duration.ofDays(62);

	private static final Instant NOW = Instant.parse("2026-12-01T10:15:30.123456Z");

	@Test
	void makesBatchesOfTwoMonths() {
		var since = new ImportSince(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-06-15T12:00:00.9Z"));

		assertThat(since.batches()).containsExactly(batch("2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z"),
				batch("2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z"),
				batch("2024-05-01T00:00:00Z", "2024-06-15T12:00:00Z"));
	}

	@ParameterizedTest
	@CsvSource({ "2024-01-01T00:00:00Z, 2024-03-01T00:00:00Z, 1", "2024-01-01T00:00:00Z, 2024-03-01T00:00:01Z, 2",
			"2024-01-01T00:00:00Z, 2024-01-01T00:00:01Z, 1", "2023-12-31T00:00:00Z, 2024-02-29T00:00:00Z, 1",
			"2023-12-31T00:00:00Z, 2024-02-29T00:00:01Z, 2", "1970-01-01T00:00:00Z, 2026-12-01T00:00:00Z, 342" })
	void makesNoMoreThanNeeded(Instant since, Instant until, int number) {
		assertThat(new ImportSince(since, until).batches()).hasSize(number);
	}

	@Test
	void leavesNoGapAndNoOverlapInAnyRange() {
		var random = new Random(20240101);
		for (int range = 0; range < RANGES; range++) {
			var since = Instant.ofEpochMilli(random.nextLong(NOW.toEpochMilli() - 1000));
			var until = Instant.ofEpochMilli(random.nextLong(since.toEpochMilli() + 1000, NOW.toEpochMilli() + 1));

			covers(since, until);
		}
	}

	/** Where midnight comes an hour earlier or later than two months before. */
	@ParameterizedTest
	@ValueSource(strings = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
			"Africa/Casablanca", "Pacific/Apia", "UTC" })
	void leavesNoGapAndNoOverlapWhereClocksAreChanged(String zone) {
		var midnight = ZoneId.of(zone);
		for (var day = NOW.atZone(midnight).toLocalDate().minusYears(3); day
			.isBefore(NOW.atZone(midnight).toLocalDate()); day = day.plusDays(1)) {
			var since = day.atStartOfDay(midnight).toInstant();

			covers(since, NOW);
			covers(since, since.plus(1, ChronoUnit.SECONDS));
			covers(since, day.plusMonths(2).atStartOfDay(midnight).toInstant());
		}
	}

	private static void covers(Instant since, Instant until) {
		var end = until.truncatedTo(ChronoUnit.SECONDS);
		var expected = since;
		var batches = new ImportSince(since, until).batches();
		for (var batch : batches) {
			if (!batch.startTime().equals(expected) || !batch.startTime().isBefore(batch.endTime())
					|| Duration.between(batch.startTime(), batch.endTime()).compareTo(LONGEST) > 0
					|| batch.endTime().isAfter(batch.startTime().atOffset(ZoneOffset.UTC).plusMonths(2).toInstant())) {
				throw new AssertionError("From %s to %s: %s".formatted(since, until, batches));
			}
			expected = batch.endTime();
		}
		assertThat(expected).as("from %s to %s", since, until).isEqualTo(end);
	}

	@Test
	void isNoHistoryWhereItsEndIsNotLater() {
		var since = Instant.parse("2024-01-01T00:00:00Z");

		assertThatIllegalArgumentException().isThrownBy(() -> new ImportSince(since, since.plusMillis(999)));
	}

	@ParameterizedTest
	@CsvSource({ "2024-01-01T00:00:00Z, 2024-01-01T00:00:00Z", "2024-01-01, 2024-01-01T00:00:00Z",
			"1704067200, 2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00, 2024-01-01T00:00:00Z",
			"2024-01-01T01:00:00 01:00, 2024-01-01T00:00:00Z", "2024-01-01T00:00:00.125Z, 2024-01-01T00:00:00.125Z" })
	void readsTimesAsDocumentsHaveThem(String text, Instant since) {
		assertThat(ImportSince.parse(text, NOW)).contains(new ImportSince(since, NOW));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2024", "2024-13-01", "2027-01-01", "2026-12-01T10:15:30Z",
			"1704067200000", "-1", "1960-01-01", "2024-01-01T00:00:00.0000001Z" })
	void isNothingElse(String text) {
		assertThat(ImportSince.parse(text, NOW)).isEmpty();
	}

	@Test
	void fillsARequestThatHasNoBatches() {
		var since = new ImportSince(Instant.parse("2024-01-01T00:00:00Z"), NOW);
		var checked = Readers.byDefault()
			.readRequest(Sample.complete().without("/IntegrationConfig/AppflowIntegration/Batches").bytes(),
					DocumentFormat.JSON, "retail", since);

		assertThat(checked.require().integrationConfig().appflowIntegration().batches()).isEqualTo(since.batches());
		assertThat(since.hasFilled(checked.require())).isTrue();
		assertThat(new ImportSince(since.since(), NOW.plusSeconds(1)).hasFilled(checked.require())).isFalse();
	}

	private static Batch batch(String start, String end) {
		return new Batch(Instant.parse(start), Instant.parse(end));
	}

	@Test
	void leavesARequestAsItIsThatHasBatches() {
		var since = new ImportSince(Instant.parse("2024-01-01T00:00:00Z"), NOW);
		var own = Readers.byDefault()
			.readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail", null)
			.require();

		var checked = Readers.byDefault().readRequest(Sample.complete().bytes(), DocumentFormat.JSON, "retail", since);

		assertThat(checked.require()).isEqualTo(own);
		assertThat(checked.warnings()).extracting(Violation::pointer)
			.contains("/IntegrationConfig/AppflowIntegration/Batches");
	}

	@Test
	void saysWhatIsWrongWithTheRestOfARequest() {
		var since = new ImportSince(Instant.parse("2024-01-01T00:00:00Z"), NOW);

		assertThat(List.of("{}", "[]", "{\"IntegrationConfig\": 1}",
				"{\"IntegrationConfig\": {\"AppflowIntegration\": []}}", "{"))
			.allSatisfy(text -> assertThat(
					Readers.byDefault().readRequest(text.getBytes(), DocumentFormat.JSON, "retail", since))
				.matches(checked -> !checked.isValid()));
	}

}
