package io.profileworkflows.database;

import io.profileworkflows.start.CannotStart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerVersionTests {

	@ParameterizedTest
	@ValueSource(ints = { 15, 16, 17, 18 })
	void acceptsWhatTheCommunitySupports(int major) {
		assertThatCode(() -> new ServerVersion(major, 0).require()).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "9, 6", "14, 20", "19, 0", "20, 1" })
	void namesWhatWasFoundAndWhatIsNeeded(int major, int minor) {
		assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> new ServerVersion(major, minor).require())
			.withMessage(
					"The database is PostgreSQL %d.%d, and this version of the service needs PostgreSQL 15, 16, 17 or 18",
					major, minor);
	}

}
