package io.profileworkflows.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.profileworkflows.OwnOutput;
import io.profileworkflows.OwnOutput.Output;
import io.profileworkflows.ProfileWorkflowsApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OwnOutput.class)
class PortTakenTests {

	private static final TestPropertyValues REGION = TestPropertyValues.of("aws.region=eu-west-1");

	@ParameterizedTest
	@CsvSource({ "server, management.server, SERVER_PORT, the API",
			"management.server, server, MANAGEMENT_SERVER_PORT, health and metrics" })
	void isNamedBeforeAnythingIsLoadedWithTheVariableThatChoosesAnother(String taken, String other, String variable,
			String purpose, Output output) throws IOException {
		try (var process = new ServerSocket(0)) {
			var port = process.getLocalPort();

			assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> REGION
				.applyToSystemProperties(() -> run("--spring.datasource.url=jdbc:postgresql://localhost:1/none",
						"--profile-workflows.security.enabled=false", "--%s.port=%d".formatted(taken, port),
						"--%s.port=0".formatted(other))));

			assertThat(output).contains("Another process uses port %d, which is for %s.".formatted(port, purpose))
				.contains("\nSet %s to a free port".formatted(variable))
				.doesNotContain("Starting ProfileWorkflowsApplication")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void isOneOfTheAddressThatTheServiceListensOn() throws IOException {
		try (var process = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
			var settings = new MockEnvironment().withProperty("server.port", "" + process.getLocalPort());

			assertThatCode(
					() -> Port.all(settings.withProperty("server.address", "127.0.0.1")).forEach(Port::requireFree))
				.doesNotThrowAnyException();
			assertThatExceptionOfType(PortInUseException.class).isThrownBy(
					() -> Port.all(settings.withProperty("server.address", "127.0.0.2")).forEach(Port::requireFree));
		}
	}

	@Test
	void isLeftToSpringWhereItIsNoneOfOurs() {
		var analyzer = new PortTakenFailureAnalyzer(new MockEnvironment().withProperty("server.port", "8080"));

		assertThat(analyzer.analyze(new PortInUseException(9))).isNull();
	}

	private static Void run(String... args) {
		ProfileWorkflowsApplication.main(args);
		return null;
	}

}
