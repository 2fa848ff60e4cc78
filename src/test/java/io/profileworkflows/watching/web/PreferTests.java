package io.profileworkflows.watching.web;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PreferTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			wait=20                                  | 20
			wait=0                                   | 0
			Wait = 20                                | 20
			wait="20"                                | 20
			respond-async, wait=20                   | 20
			wait=20, respond-async                   | 20
			foo="a, wait=1"; bar="\\", wait=2", wait=3 | 3
			foo; wait=1, wait=2                      | 2
			wait=20; because="I said; so"            | 20
			wait=7, wait=8                           | 7
			return=minimal ,  wait=9                 | 9
			""")
	void findsHowLongACallerWouldWait(String header, long seconds) {
		assertThat(Prefer.waitIn(List.of(header))).contains(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "51", "3600", "999999999999999999" })
	void waitsNoLongerThanItMay(String seconds) {
		assertThat(Prefer.waitIn(List.of("wait=" + seconds))).contains(Prefer.LONGEST_WAIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "respond-async", "wait", "wait=", "wait=-1", "wait=1.5", "wait=soon", "wait=\"1",
			"await=1", "wait=9999999999999999999999", "foo=\"wait=1", "wait, wait=5", "\\\\\"" })
	void ignoresWhatItDoesNotUnderstand(String header) {
		assertThat(Prefer.waitIn(List.of(header))).isEmpty();
	}

	@Test
	void readsEveryLineOfTheHeader() {
		assertThat(Prefer.waitIn(List.of("respond-async", "wait=5", "wait=6"))).contains(Duration.ofSeconds(5));
		assertThat(Prefer.waitIn(List.of())).isEmpty();
	}

	@Test
	void isNotBroughtDownByALongHeader() {
		assertThat(Prefer.waitIn(List.of("a,\"".repeat(20_000)))).isEmpty();
		assertThat(Prefer.waitIn(List.of("\"a\" b".repeat(20_000) + ", wait=1"))).contains(Duration.ofSeconds(1));
	}

}
