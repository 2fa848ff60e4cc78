package io.profileworkflows.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.scheduling.support.CronExpression;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	@ParameterizedTest
	@CsvSource({ "rate(5minutes), rate(5minutes)", "rate(5 minutes), rate(5minutes)",
			"rate (5 minutes), rate(5minutes)", "rate(1hours), rate(1hours)", "rate(1hour), rate(1hours)",
			"rate( 01 hour ), rate(1hours)", "' rate(2days) ', rate(2days)", "rate(1week), rate(1weeks)",
			"rate(1 month), rate(1months)", "cron(0 6 * * ? *), cron(0 6 * * ? *)",
			"'cron( 0/15  6,18 ? * MON-FRI * )', 'cron(0/15 6,18 ? * MON-FRI *)'" })
	void spellsAsAppFlowDoes(String expression, String canonical) {
		assertThat(Schedule.canonical(expression)).isEqualTo(canonical);
		assertThat(Schedule.canonical(canonical)).isEqualTo(canonical);
		assertThat(Schedule.parse(canonical).mistakes()).isEmpty();
		assertThat(Schedule.parse(canonical).doubts()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hourly", "rate()", "rate(0minutes)", "rate(-5minutes)", "rate(5)", "rate(minutes)",
			"rate(1.5hours)", "rate(5seconds)", "rate(5years)", "Rate(5minutes)", "rate(5Minutes)", "rate(5minutes",
			"rate(5minutes))", "rate(1234567minutes)", "rate(5minutes) rate(5minutes)", "at(2031-01-01T00:00:00)",
			"cron()", "cron(0 6 * * ?)", "cron(0 6 * * ? * *)", "cron(0 6 * * ; *)", "0 6 * * ? *" })
	void leavesAloneWhatIsNoExpression(String expression) {
		assertThat(Schedule.canonical(expression)).isEqualTo(expression);
		assertThat(Schedule.parse(expression).mistakes()).containsExactly(Schedule.EXPECTED);
		assertThat(Schedule.parse(expression).schedule()).isNull();
	}

	@Test
	void refusesWhatIsTooLong() {
		var expression = "cron(0 6 * * ? " + "2031,".repeat(60) + "2031)";

		assertThat(Schedule.parse(expression).mistakes()).containsExactly(Schedule.EXPECTED);
		assertThat(Schedule.canonical(expression)).isEqualTo(expression);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "60 6 * * ? *|1", "* 24 * * ? *|2", "0 6 0 * ? *|3", "0 6 32 * ? *|3", "0 6 * 0 ? *|4",
					"0 6 * 13 ? *|4", "0 6 ? * 0 *|5", "0 6 ? * 8 *|5", "15 12 ? * -1 *|5", "0 6 * * ? 1969|6",
					"0 6 * * ? 2200|6", "0 8 * ? 2-6 *|4", "? 6 * * ? *|1", "0 ? * * ? *|2", "0 6 * * ? ?|6",
					"*/0 6 * * ? *|1", "1, 6 * * ? *|1", ",1 6 * * ? *|1", "1,,2 6 * * ? *|1", "1- 6 * * ? *|1",
					"-5 6 * * ? *|1", "1-2-3 6 * * ? *|1", "*/ 6 * * ? *|1", "/5 6 * * ? *|1", "1/2/3 6 * * ? *|1",
					"*/* 6 * * ? *|1", "A 6 * * ? *|1", "0 6 * JANUARY ? *|4", "0 6 * JA ? *|4", "0 6 ? * MONDAY *|5",
					"0 6 ? * JAN *|5", "0 6 W * ? *|3", "0 6 0W * ? *|3", "0 6 32W * ? *|3", "0 6 L-31 * ? *|3",
					"0 6 1,L * ? *|3", "0 6 1W,2W * ? *|3", "0 6 1#2 * ? *|3", "0 6 ? * 3#6 *|5", "0 6 ? * 3#0 *|5",
					"0 6 ? * #2 *|5", "0 6 ? * 3#1,6#3 *|5", "0 6 ? * 8#2 *|5", "0 6 ? * 9L *|5", "0 6 ? * XYZL *|5",
					"0 6 ? * 3W *|5", "0 6 ? * MON,? *|5", "00000 6 * * ? *|1", "99 99 99 99 99 99|1 2 3 4 5 6",
					"A B C D E F|1 2 3 4 5 6", "0 6 * * ? L|6" })
	void namesEachFieldThatIsWrong(String fields, String wrong) {
		var parsed = Schedule.parse("cron(" + fields + ")");

		assertThat(parsed.schedule()).isNull();
		assertThat(parsed.mistakes()).extracting(mistake -> mistake.replaceAll(".*field (\\d).*", "$1"))
			.containsExactly(wrong.split(" "));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "*/60 * * * ? *|field 1, the minutes, a step that is longer than the field",
					"0/60 * * * ? *|field 1, the minutes, a step", "0 0/24 * * ? *|field 2, the hours, a step",
					"0 6 * * * *|should have ?", "0 6 ? * ? *|should have ?", "0 6 1 * MON *|should have ?",
					"0 6 * * MON *|should have ?", "0 6 1 * * *|should have ?",
					"50-10 * * * ? *|a range that ends before", "0 6 ? * FRI-MON *|a range that ends before",
					"0 6 ? * 2/2 *|AWS does not document", "0 6 L-3 * ? *|AWS does not document" })
	void doubtsWhatAwsMayNotTake(String fields, String doubt) {
		var parsed = Schedule.parse("cron(" + fields + ")");

		assertThat(parsed.mistakes()).isEmpty();
		assertThat(parsed.doubts()).singleElement().asString().contains(doubt);
	}

	@Test
	void doubtsARateThatHardlyEverRepeats() {
		assertThat(Schedule.parse("rate(999999months)").doubts()).singleElement().asString().contains("a year");
		assertThat(Schedule.parse("rate(13months)").doubts()).isEmpty();
		assertThat(Schedule.parse("rate(14months)").doubts()).hasSize(1);
	}

	/** The examples of EventBridge's documentation, and each of the forms. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0 10 * * ? *|2031-01-01T10:00:00Z|2031-01-02T10:00:00Z",
			"15 12 * * ? *|2031-01-01T12:15:00Z|2031-01-02T12:15:00Z",
			"0 18 ? * MON-FRI *|2031-01-01T18:00:00Z|2031-01-02T18:00:00Z",
			"0 8 1 * ? *|2031-01-01T08:00:00Z|2031-02-01T08:00:00Z",
			"0/15 * * * ? *|2031-01-01T00:15:00Z|2031-01-01T00:30:00Z",
			"0/10 * ? * MON-FRI *|2031-01-01T00:10:00Z|2031-01-01T00:20:00Z",
			"0/5 8-17 ? * MON-FRI *|2031-01-01T08:00:00Z|2031-01-01T08:05:00Z",
			"0/30 20-23 ? * MON-FRI *|2031-01-01T20:00:00Z|2031-01-01T20:30:00Z",
			"0/30 0-2 ? * MON-FRI *|2031-01-01T00:30:00Z|2031-01-01T01:00:00Z",
			"1/10 * * * ? *|2031-01-01T00:01:00Z|2031-01-01T00:11:00Z",
			"0 6 L * ? *|2031-01-31T06:00:00Z|2031-02-28T06:00:00Z",
			"0 6 L 2 ? *|2031-02-28T06:00:00Z|2032-02-29T06:00:00Z",
			"0 6 L-2 * ? *|2031-01-29T06:00:00Z|2031-02-26T06:00:00Z",
			"0 6 LW * ? *|2031-01-31T06:00:00Z|2031-02-28T06:00:00Z",
			"0 6 LW 5,8 ? *|2031-05-30T06:00:00Z|2031-08-29T06:00:00Z",
			"0 6 3W * ? *|2031-01-03T06:00:00Z|2031-02-03T06:00:00Z",
			"0 6 1W 3,6 ? *|2031-03-03T06:00:00Z|2031-06-02T06:00:00Z", "0 6 30W 4 ? 2034|2034-04-28T06:00:00Z|",
			"0 6 31W * ? *|2031-01-31T06:00:00Z|2031-03-31T06:00:00Z",
			"0 6 ? * 3#2 *|2031-01-14T06:00:00Z|2031-02-11T06:00:00Z",
			"0 6 ? * TUE#5 *|2031-04-29T06:00:00Z|2031-07-29T06:00:00Z",
			"0 6 ? * L *|2031-01-04T06:00:00Z|2031-01-11T06:00:00Z",
			"0 6 ? * 6L *|2031-01-31T06:00:00Z|2031-02-28T06:00:00Z",
			"0 6 ? * friL *|2031-01-31T06:00:00Z|2031-02-28T06:00:00Z",
			"0 6 ? * mon *|2031-01-06T06:00:00Z|2031-01-13T06:00:00Z",
			"0 6 1-7/3 jan ? *|2031-01-01T06:00:00Z|2031-01-04T06:00:00Z",
			"0 6 29 2 ? *|2032-02-29T06:00:00Z|2036-02-29T06:00:00Z",
			"0 6 1 1 ? 2033/10|2033-01-01T06:00:00Z|2043-01-01T06:00:00Z",
			"0 6 1 1 ? 2031,2199|2031-01-01T06:00:00Z|2199-01-01T06:00:00Z", "0 6 1 1 ? 2031|2031-01-01T06:00:00Z|",
			"0 6 30 2 ? *||", "0 6 * * ? 2030||", "50-10/20 0 1 1 ? *|2031-01-01T00:10:00Z|2031-01-01T00:50:00Z",
			"0 6 15 * MON *|2031-01-06T06:00:00Z|2031-01-13T06:00:00Z" })
	void knowsTheNextRunsOfCron(String fields, @Nullable Instant first, @Nullable Instant second) {
		var schedule = read("cron(" + fields + ")");
		var start = Instant.parse("2031-01-01T00:00:30Z");

		assertThat(schedule.nextRun(Instant.EPOCH, start, ZoneOffset.UTC)).isEqualTo(first);
		if (first != null) {
			assertThat(schedule.nextRun(first, start, ZoneOffset.UTC)).isEqualTo(second);
		}
	}

	@Test
	void mayRunAtItsVeryStart() {
		var start = Instant.parse("2031-01-01T06:00:00Z");

		assertThat(read("cron(0 6 * * ? *)").nextRun(Instant.EPOCH, start, ZoneOffset.UTC)).isEqualTo(start);
		assertThat(read("rate(1days)").nextRun(Instant.EPOCH, start, ZoneOffset.UTC)).isEqualTo(start);
		assertThat(read("rate(1days)").nextRun(start.minusNanos(1), start, ZoneOffset.UTC)).isEqualTo(start);
	}

	@ParameterizedTest
	@CsvSource({ "rate(5minutes), 2031-01-31T23:02:00Z, 2031-01-31T23:05:00Z",
			"rate(5minutes), 2031-01-31T23:05:00Z, 2031-01-31T23:10:00Z",
			"rate(7hours), 2031-02-01T00:00:00Z, 2031-02-01T06:00:00Z",
			"rate(1days), 2031-02-27T23:00:00Z, 2031-02-28T23:00:00Z",
			"rate(2weeks), 2031-02-01T00:00:00Z, 2031-02-14T23:00:00Z",
			"rate(1months), 2031-02-01T00:00:00Z, 2031-02-28T23:00:00Z",
			"rate(1months), 2031-02-28T23:00:00Z, 2031-03-31T23:00:00Z",
			"rate(1months), 2031-04-30T22:59:59Z, 2031-04-30T23:00:00Z", "rate(999999months), 2031-02-01T00:00:00Z," })
	void countsRatesFromTheirStart(String expression, Instant after, @Nullable Instant next) {
		var start = Instant.parse("2031-01-31T23:00:00Z");

		assertThat(read(expression).nextRun(after, start, ZoneOffset.UTC)).isEqualTo(next);
	}

	@Test
	void keepsTheTimeOfTheDayAcrossSummerTime() {
		var start = Instant.parse("2031-03-29T05:00:00Z");

		assertThat(read("cron(0 6 * * ? *)").nextRun(start, start, BERLIN)).isEqualTo("2031-03-30T04:00:00Z");
		assertThat(read("rate(1days)").nextRun(start, start, BERLIN)).isEqualTo("2031-03-30T04:00:00Z");
		assertThat(read("rate(24hours)").nextRun(start, start, BERLIN)).isEqualTo("2031-03-30T05:00:00Z");
	}

	@Test
	void leavesOutTheHourThatDoesNotExist() {
		var saturday = Instant.parse("2031-03-29T01:30:00Z");

		assertThat(read("cron(30 2 * * ? *)").nextRun(saturday, saturday, BERLIN)).isEqualTo("2031-03-31T00:30:00Z");
	}

	@Test
	void runsOnceInTheHourThatComesTwice() {
		var first = Instant.parse("2031-10-26T00:30:00Z");

		assertThat(read("cron(30 2 * * ? *)").nextRun(first.minusSeconds(1), first.minusSeconds(1), BERLIN))
			.isEqualTo(first);
		assertThat(read("cron(30 2 * * ? *)").nextRun(first, first, BERLIN)).isEqualTo("2031-10-27T01:30:00Z");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "rate(5minutes)|PT5M", "rate(2hours)|PT2H", "rate(3days)|PT72H", "rate(1weeks)|PT168H",
					"rate(2months)|PT1344H", "cron(0/5 * * * ? *)|PT5M", "cron(0,7,20 * * * ? *)|PT7M",
					"cron(0,50 * * * ? *)|PT10M", "cron(0,50 5,7 * * ? *)|PT50M", "cron(0 * * * ? *)|PT1H",
					"cron(30 0,23 * * ? *)|PT1H", "cron(30 0,23 ? * MON *)|PT23H", "cron(0,55 0,23 * * ? *)|PT5M",
					"cron(0,55 0,23 1 * ? *)|PT55M", "cron(0 6 * * ? *)|PT24H", "cron(0 6 1 * ? *)|PT672H",
					"cron(0 6 ? * MON *)|PT168H", "cron(0 6 29 2 ? *)|PT35064H", "cron(0 6 L,1 * ? *)|",
					"cron(0 6 1 1 ? 2031)|", "cron(0,30 6 1 1 ? 2031)|PT30M", "cron(0 6 30 2 ? *)|",
					"cron(59 23 31 12 ? 2031)|", "cron(0 6 1,31 * ? *)|PT24H" })
	void knowsTheShortestInterval(String expression, @Nullable Duration interval) {
		var schedule = Schedule.parse(expression).schedule();

		assertThat((schedule != null) ? schedule.shortestInterval() : null).isEqualTo(interval);
	}

	/** Spring's parser, which others have tried, in the form that both know. */
	@Test
	void runsWhenSpringWouldRun() {
		var random = new Random(20311);
		for (int round = 0; round < 2_000; round++) {
			var common = list(random, 0, 59) + " " + list(random, 0, 23) + " ";
			var month = list(random, 1, 12);
			var weekday = random.nextInt(7);
			var days = random.nextBoolean() ? new String[] { ofMonth(random) + " " + month + " ?", "" }
					: new String[] { "? " + month + " ", ofWeek(random) };
			var ours = read("cron(" + common + days[0] + days[1].formatted(weekday + 1) + " *)");
			var springs = CronExpression.parse("0 " + common + days[0] + days[1].formatted(weekday));
			var after = Instant.ofEpochSecond(1_900_000_000L + random.nextInt(200_000_000));

			for (int run = 0; run < 5 && after != null; run++) {
				var next = ours.nextRun(after, Instant.EPOCH, ZoneOffset.UTC);
				var expected = springs.next(LocalDateTime.ofInstant(after, ZoneOffset.UTC));
				assertThat(next).as("%s of %s %s after %s", springs, days[0], days[1], after)
					.isEqualTo((expected != null) ? expected.toInstant(ZoneOffset.UTC) : null);
				after = next;
			}
		}
	}

	private static String list(Random random, int least, int most) {
		var parts = new ArrayList<String>();
		do {
			var from = least + random.nextInt(most - least + 1);
			var to = from + random.nextInt(most - from + 1);
			var step = 1 + random.nextInt(most - least);
			parts.add(List
				.of("*", "" + from, from + "-" + to, "*/" + step, from + "/" + step, from + "-" + to + "/" + step)
				.get(random.nextInt(6)));
		}
		while (random.nextInt(3) == 0);
		return String.join(",", parts);
	}

	private static String ofMonth(Random random) {
		// on a Sunday that ends its month, Spring finds no weekday near it
		return Stream
			.of("L", "LW", (1 + random.nextInt(27)) + "W", "L-" + (1 + random.nextInt(27)), list(random, 1, 31))
			.toList()
			.get(random.nextInt(5));
	}

	private static String ofWeek(Random random) {
		return List.of("%d", "%dL", "%d#" + (1 + random.nextInt(4))).get(random.nextInt(3));
	}

	private static Schedule read(String expression) {
		return requireNonNull(Schedule.parse(expression).schedule(), expression);
	}

}
