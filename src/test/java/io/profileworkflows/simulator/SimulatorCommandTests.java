package io.profileworkflows.simulator;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SimulatorCommandTests {

	@Test
	void listensOnThisMachineAndKeepsTheQuotaUnlessToldOtherwise() {
		var settings = SimulatorCommand.settings();

		assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
		assertThat(settings.port()).isEqualTo(8090);
		assertThat(settings.requestsPerSecond()).isEqualTo(5);
		assertThat(settings.stateFile()).isNull();
	}

	@Test
	void takesItsSettingsFromTheCommandLine() {
		var settings = SimulatorCommand.settings("--port=1234", "--bind=0.0.0.0", "--state=a/b",
				"--requests-per-second=0", "--starts-after=PT2S", "--runs-for=PT1M", "--account=1",
				"--region=us-east-1", "--retry-after=PT1S");

		assertThat(settings).isEqualTo(SimulatorSettings.defaults()
			.withPort(1234)
			.withBindAddress("0.0.0.0")
			.withStateFile(Path.of("a/b"))
			.withDurations(Duration.ofSeconds(2), Duration.ofMinutes(1))
			.withAccount("1", "us-east-1")
			.withRetryAfter(Duration.ofSeconds(1)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "--port=x", "--port=70000", "--port", "--prot=1", "--runs-for=3", "--requests-per-second=-1" })
	void refusesWhatItDoesNotUnderstand(String arg) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatorCommand.settings(arg));
	}

}
