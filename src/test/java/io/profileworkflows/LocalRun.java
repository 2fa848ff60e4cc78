package io.profileworkflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.profileworkflows.simulator.PortInUse;
import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorCommand;
import io.profileworkflows.simulator.SimulatorSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * The whole service on one machine: an embedded PostgreSQL, the simulator in the place of
 * AWS, nobody has to log in. What it stores survives a restart.
 */
public final class LocalRun {

	private static final Path STATE = Path.of(".local");

	private static final Path DATABASE = STATE.resolve("postgres");

	private static final int POSTGRES_PORT = 15432;

	private LocalRun() {
	}

	/**
	 * @param args those of the service; or {@code simulator} and its own, to run it alone
	 */
	public static void main(String[] args) throws IOException {
		if (args.length > 0 && args[0].equals("simulator")) {
			SimulatorCommand.run(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		Files.createDirectories(STATE);
		try (var simulator = Simulator.start(SimulatorSettings.defaults()
			.withPort(port("SIMULATOR_PORT", SimulatorCommand.USUAL_PORT))
			.withRequestsPerSecond(5)
			.withStateFile(STATE.resolve("simulator.jsonl")))) {
			pointAwsTo(simulator);
			SpringApplication.from(ProfileWorkflowsApplication::main)
				.with(Surroundings.class)
				.run(with(args, "--spring.profiles.active=local"));
			Thread.currentThread().join();
		}
		catch (PortInUse taken) {
			System.err.println(taken.getMessage() + "; set SIMULATOR_PORT to another one");
			System.exit(1);
		}
		catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
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
		for (var neighbour : List.of("Iam", "Kms", "S3")) {
			var elsewhere = System.getenv("AWS_ENDPOINT_URL_" + neighbour.toUpperCase(Locale.ROOT));
			System.setProperty("aws.endpointUrl" + neighbour,
					(elsewhere != null) ? elsewhere : simulator.endpoint().toString());
		}
	}

	private static int port(String variable, int otherwise) {
		var value = System.getenv(variable);
		return (value != null) ? Integer.parseInt(value) : otherwise;
	}

	private static String[] with(String[] args, String more) {
		var all = Arrays.copyOf(args, args.length + 1);
		all[args.length] = more;
		return all;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Surroundings {

		@Bean(destroyMethod = "")
		EmbeddedPostgres postgres() throws IOException {
			return EmbeddedPostgres.builder()
				.setDataDirectory(DATABASE)
				.setCleanDataDirectory(false)
				.setServerConfig("synchronous_commit", "on")
				.setRegisterShutdownHook(false)
				.setPort(port("POSTGRES_PORT", POSTGRES_PORT))
				.start();
		}

		@Bean
		@DependsOn("stopPostgres")
		JdbcConnectionDetails jdbcConnectionDetails(EmbeddedPostgres postgres) {
			return Postgres.Database.of(postgres);
		}

		// Ctrl-C reaches the database, too: there may be none left to stop
		@Bean
		DisposableBean stopPostgres(EmbeddedPostgres postgres) {
			return () -> {
				// the process it tells of is that of pg_ctl, which ended long ago
				if (Files.exists(DATABASE.resolve("postmaster.pid"))) {
					postgres.close();
				}
			};
		}

		@Bean
		StartMessage startMessage(Environment environment, EmbeddedPostgres postgres) {
			return new StartMessage(environment, postgres);
		}

	}

	record StartMessage(Environment environment, EmbeddedPostgres postgres) {

		@EventListener(ApplicationReadyEvent.class)
		void show() {
			var service = "http://localhost:" + environment.getProperty("local.server.port");
			System.out.printf(
					"""

							Profile Workflows runs, on a PostgreSQL and a Customer Profiles of its own. Ctrl-C stops it; what it knows stays.

							  API and its page   %1$s
							  health, metrics    http://localhost:%2$s/actuator
							  simulated AWS      %3$s/_simulator
							  database           %4$s

							Try it:

							  curl -i %1$s/domains/retail/workflows/integrations -H 'Content-Type: application/json' \\
							    --data @src/test/resources/samples/salesforce-scheduled.json

							""",
					service, environment.getProperty("local.management.port"),
					System.getProperty("aws.endpointUrlCustomerProfiles"), postgres.getJdbcUrl("postgres", "postgres"));
		}

	}

}
