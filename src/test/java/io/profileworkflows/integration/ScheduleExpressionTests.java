package io.profileworkflows.integration;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleExpressionTests {

	@ParameterizedTest
	@CsvSource({ "rate(5minutes), rate(5minutes)", "rate(5 minutes), rate(5minutes)",
			"rate (5 minutes), rate(5minutes)", "rate(1hours), rate(1hours)", "rate(1hour), rate(1hours)",
			"rate( 01 hour ), rate(1hours)", "' rate(2days) ', rate(2days)", "rate(1week), rate(1weeks)",
			"rate(1 month), rate(1months)", "cron(0 6 * * ? *), cron(0 6 * * ? *)",
			"'cron( 0/15  6,18 ? * MON-FRI * )', 'cron(0/15 6,18 ? * MON-FRI *)'" })
	void spellsAsAppFlowDoes(String expression, String canonical) {
		assertThat(ScheduleExpression.canonical(expression)).isEqualTo(canonical);
		assertThat(ScheduleExpression.canonical(canonical)).isEqualTo(canonical);
		assertThat(ScheduleExpression.isUnderstood(canonical)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hourly", "rate()", "rate(0minutes)", "rate(-5minutes)", "rate(5)", "rate(minutes)",
			"rate(1.5hours)", "rate(5seconds)", "rate(5years)", "Rate(5minutes)", "rate(5Minutes)", "rate(5minutes",
			"rate(5minutes))", "rate(1234567minutes)", "rate(5minutes) rate(5minutes)", "at(2031-01-01T00:00:00)",
			"cron()", "cron(0 6 * * ?)", "cron(0 6 * * ? * *)", "cron(0 6 * * ; *)", "0 6 * * ? *" })
	void leavesAloneWhatItDoesNotUnderstand(String expression) {
		assertThat(ScheduleExpression.canonical(expression)).isEqualTo(expression);
		assertThat(ScheduleExpression.isUnderstood(expression)).isFalse();
		assertThat(ScheduleExpression.interval(expression)).isNull();
	}

	@Test
	void doesNotUnderstandWhatIsTooLong() {
		var fields = "0 6 * * ? " + "1,".repeat(200) + "1";

		assertThat(ScheduleExpression.isUnderstood("cron(" + fields + ")")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "rate(5minutes), PT5M", "rate(2hours), PT2H", "rate(3days), P3D", "rate(1weeks), P7D",
			"rate(2months), P56D", "cron(0 6 * * ? *), " })
	void knowsTheInterval(String expression, Duration interval) {
		assertThat(ScheduleExpression.interval(expression)).isEqualTo(interval);
	}

}
