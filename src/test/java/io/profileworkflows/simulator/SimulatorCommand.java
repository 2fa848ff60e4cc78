package io.profileworkflows.simulator;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Runs the simulator by itself: {@code java -jar profile-workflows-simulator.jar}.
 */
public final class SimulatorCommand {

	public static final int USUAL_PORT = 8090;

	private static final int QUOTA = 5;

	private static final String USAGE = """
			Options: --port=8090 --bind=127.0.0.1 --state=<file> --requests-per-second=5 (0: no limit) \
			--retry-after=PT1S --starts-after=PT1S --runs-for=PT3S --account=123456789012 --region=eu-central-1""";

	private SimulatorCommand() {
	}

	public static void main(String[] args) {
		try {
			var simulator = Simulator.start(settings(args));
			Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
			System.out.printf("Customer Profiles is simulated at %s, and explained at %s%s%n", simulator.endpoint(),
					simulator.endpoint(), AdminPages.ROOT);
		}
		catch (IllegalArgumentException | IllegalStateException | UncheckedIOException | PortInUse failure) {
			System.err.println(failure.getMessage());
			System.exit(1);
		}
	}

	static SimulatorSettings settings(String... args) {
		var settings = SimulatorSettings.defaults().withPort(USUAL_PORT).withRequestsPerSecond(QUOTA);
		for (var arg : args) {
			var parts = arg.split("=", 2);
			if (parts.length < 2) {
				throw new IllegalArgumentException("%s is not understood. %s".formatted(arg, USAGE));
			}
			settings = set(settings, parts[0], parts[1]);
		}
		return settings;
	}

	private static SimulatorSettings set(SimulatorSettings settings, String option, String value) {
		try {
			return switch (option) {
				case "--port" -> settings.withPort(Integer.parseInt(value));
				case "--bind" -> settings.withBindAddress(value);
				case "--state" -> settings.withStateFile(Path.of(value));
				case "--requests-per-second" -> settings.withRequestsPerSecond(Integer.parseInt(value));
				case "--retry-after" -> settings.withRetryAfter(Duration.parse(value));
				case "--starts-after" -> settings.withDurations(Duration.parse(value), settings.runsFor());
				case "--runs-for" -> settings.withDurations(settings.startsAfter(), Duration.parse(value));
				case "--account" -> settings.withAccount(value, settings.region());
				case "--region" -> settings.withAccount(settings.accountId(), value);
				default -> throw new IllegalArgumentException("There is no option %s. %s".formatted(option, USAGE));
			};
		}
		catch (NumberFormatException | DateTimeParseException failure) {
			throw new IllegalArgumentException("%s cannot be %s. %s".formatted(option, value, USAGE), failure);
		}
	}

}
