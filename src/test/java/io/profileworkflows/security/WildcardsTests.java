package io.profileworkflows.security;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WildcardsTests {

	@ParameterizedTest
	@CsvSource({ "retail, retail, true", "retail, retail-eu, false", "retail-*, retail-eu, true",
			"retail-*, retail-, true", "retail-*, retail, false", "*, retail, true", "*-eu, retail-eu, true",
			"*-eu, retail-us, false", "r*l-*u, retail-eu, true", "**, retail, true", "r.t, rat, false",
			"retail, Retail, false", "arn:aws:iam::1:role/a/*, arn:aws:iam::1:role/a/b/c, true",
			"arn:aws:iam::1:role/a/*, arn:aws:iam::2:role/a/b, false" })
	void includeWhatFitsAPattern(String pattern, String name, boolean expected) {
		assertThat(Wildcards.of(pattern).include(name)).isEqualTo(expected);
	}

	@Test
	void includeTheSameAsARegularExpressionWould() {
		var random = new Random(17);
		for (int times = 0; times < 20_000; times++) {
			var pattern = text("ab*", random);
			var name = text("ab", random);

			assertThat(Wildcards.of(pattern).include(name)).as("%s, %s", pattern, name)
				.isEqualTo(name.matches(pattern.replace("*", ".*")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "*-eu-*-crm-*-prod", "-eu-*-eu-*-eu-*-eu-*-eu-*-eu-*-prod", "*-*-*-*-*-*-*-*-*-*-*x" })
	void takeTimeThatGrowsWithTheNameAndNoFaster(String pattern) {
		var name = "-eu-crm".repeat(150_000);

		var included = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Wildcards.of(pattern).include(name));

		assertThat(included).isFalse();
	}

	@Test
	void overlapWhereANameFitsBoth() {
		var names = IntStream.range(0, 1 << 11)
			.mapToObj(number -> Integer.toBinaryString(number).substring(Math.min(1, number)))
			.map(digits -> digits.replace('0', 'a').replace('1', 'b'))
			.toList();
		var random = new Random(23);
		for (int times = 0; times < 500; times++) {
			var one = Wildcards.of(text("ab*", random).replaceFirst("^(.{5}).*", "$1"));
			var other = Wildcards.of(text("ab*", random).replaceFirst("^(.{5}).*", "$1"));

			assertThat(one.overlap(other)).as("%s, %s", one, other)
				.isEqualTo(names.stream().anyMatch(name -> one.include(name) && other.include(name)));
		}
	}

	@Test
	void overlapInTimeWhateverTheStars() {
		var one = Wildcards.of("*a".repeat(31) + "b");
		var other = Wildcards.of("*a".repeat(31) + "c");

		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> one.overlap(other))).isFalse();
		assertThat(Wildcards.NOTHING.overlap(Wildcards.EVERYTHING)).isFalse();
	}

	private static String text(String letters, Random random) {
		return random.ints(random.nextInt(8), 0, letters.length())
			.mapToObj(letters::charAt)
			.map(String::valueOf)
			.collect(Collectors.joining());
	}

	@Test
	void knowWhenNothingIsLeftOut() {
		assertThat(Wildcards.of("retail", "*").includeEverything()).isTrue();
		assertThat(Wildcards.of("retail-*").includeEverything()).isFalse();
		assertThat(Wildcards.NOTHING.isEmpty()).isTrue();
		assertThat(Wildcards.NOTHING.include("")).isFalse();
	}

}
