package io.profileworkflows.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

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
	void knowWhenNothingIsLeftOut() {
		assertThat(Wildcards.of("retail", "*").includeEverything()).isTrue();
		assertThat(Wildcards.of("retail-*").includeEverything()).isFalse();
		assertThat(Wildcards.NOTHING.isEmpty()).isTrue();
		assertThat(Wildcards.NOTHING.include("")).isFalse();
	}

}
