package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.profileworkflows.simulator.PortInUse;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorCommand;
import io.profileworkflows.simulator.SimulatorSettings;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * The whole service on one machine: an embedded PostgreSQL, the simulator in the place of
 * AWS, nobody has to log in. What it stores survives a restart.
 */
public final class LocalRun {

	private static final Path STATE = Path.of(".local");

	private static final int POSTGRES_PORT = 15432;

	private LocalRun() {
	}

	/**
	 * @param args those of the service
	 */
	public static void main(String[] args) throws IOException {
		System.out.println(
				"""

						Profile Workflows starts, with a PostgreSQL and a simulated AWS of its own. It takes some seconds, and some \
						more the first time.""");
		Files.createDirectories(STATE);
		try {
			start(args);
		}
		catch (PortInUse failure) {
			end(failure.getMessage() + "; set SIMULATOR_PORT to another one");
		}
		catch (IllegalStateException failure) {
			end(failure.getMessage());
		}
	}

	private static void start(String... args) {
		var simulator = Simulator.start(SimulatorSettings.defaults()
			.withPort(port("SIMULATOR_PORT", SimulatorCommand.USUAL_PORT))
			.withRequestsPerSecond(5)
			.withStateFile(STATE.resolve("simulator.jsonl")));
		var database = LocalDatabase
			.start(STATE.resolve("postgres"), port("POSTGRES_PORT", POSTGRES_PORT), failure -> end(
					"PostgreSQL does not start, or not with what is in %s: %s".formatted(STATE, failure.getMessage())));
		SpringApplication.getShutdownHandlers().add(() -> {
			database.stop();
			simulator.close();
			System.out.printf("%nProfile Workflows has stopped. What it stored is in %s.%n", STATE);
		});
		pointAwsTo(simulator);
		try {
			SpringApplication.from(ProfileWorkflowsApplication::main)
				.with(Surroundings.class)
				.run(Stream.concat(Stream.of(args),
						Stream.of("--spring.profiles.active=local", "--spring.datasource.url=" + database.url(),
								"--spring.datasource.username=" + LocalDatabase.USER))
					.toArray(String[]::new));
		}
		catch (RuntimeException _) {
			// threads of the simulator would keep the process
			System.exit(1);
		}
	}

	private static void end(String message) {
		System.err.println(message);
		System.exit(1);
	}

	/**
	 * Whatever the shell says of AWS: a local run never reaches it. IAM, KMS and S3 may
	 * be elsewhere, such as at LocalStack, by AWS's variable for each.
	 */
	private static void pointAwsTo(Simulator simulator) {
		System.setProperty("aws.region", "eu-central-1");
		System.setProperty("aws.accessKeyId", "local");
		System.setProperty("aws.secretAccessKey", "local");
		System.setProperty("aws.endpointUrlCustomerProfiles", simulator.endpoint().toString());
		System.setProperty("aws.endpointUrlAppflow", simulator.endpoint().toString());
		for (var neighbour : List.of("Iam", "Kms", "S3")) {
			var elsewhere = System.getenv("AWS_ENDPOINT_URL_" + neighbour.toUpperCase(Locale.ROOT));
			System.setProperty("aws.endpointUrl" + neighbour,
					(elsewhere != null) ? elsewhere : simulator.endpoint().toString());
		}
	}

	private static int port(String variable, int otherwise) {
		var value = System.getenv(variable);
		try {
			return (value != null) ? Integer.parseInt(value) : otherwise;
		}
		catch (NumberFormatException failure) {
			throw new IllegalStateException("%s is no port: %s".formatted(variable, value), failure);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Surroundings {

		@Bean
		StartMessage startMessage(Environment environment) {
			return new StartMessage(environment);
		}

	}

	record StartMessage(Environment environment) {

		@EventListener(ApplicationReadyEvent.class)
		void show() {
			System.out.printf(
					"""

							Profile Workflows is ready. Security is off: %5$s

							  API and its page   %1$s
							  health, metrics    http://localhost:%2$s/actuator
							  simulated AWS      %3$s/_simulator
							  database           %4$s?user=%6$s

							A first request, to paste into another terminal of this directory (README.md tells what comes of it):

							  curl -i %1$s/domains/retail/workflows/integrations \\
							    -H 'Content-Type: application/json' -H 'Idempotency-Key: first-try' \\
							    --data @src/test/resources/samples/salesforce-scheduled.json

							Ctrl-C stops it; what it stores in %7$s stays.

							""",
					"http://localhost:" + environment.getProperty("local.server.port"),
					environment.getProperty("local.management.port"),
					System.getProperty("aws.endpointUrlCustomerProfiles"),
					environment.getProperty("spring.datasource.url"), reach(), LocalDatabase.USER, STATE);
		}

		private String reach() {
			var address = environment.getProperty("server.address", "");
			return address.startsWith("127.") ? "nobody has to log in, and only this machine can reach it."
					: "everybody who reaches %s can use it without logging in.".formatted(address);
		}

	}

}
