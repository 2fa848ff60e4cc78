package io.profileworkflows;

import java.time.Duration;

import io.profileworkflows.simulator.Simulator;
import io.profileworkflows.simulator.SimulatorSettings;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The Customer Profiles of this JVM's tests: one for all, quick, without a quota. Tests
 * keep apart by the names of their domains and flows.
 */
public final class SimulatedAws implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Simulator SIMULATOR = start();

	public static Simulator simulator() {
		return SIMULATOR;
	}

	/** Lets the application find it as it would find AWS, and registers it as a bean. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton("simulator", SIMULATOR);
	}

	private static Simulator start() {
		var simulator = Simulator
			.start(SimulatorSettings.defaults().withDurations(Duration.ofMillis(300), Duration.ofMillis(300)));
		System.setProperty("aws.region", "eu-central-1");
		System.setProperty("aws.accessKeyId", "test");
		System.setProperty("aws.secretAccessKey", "test");
		System.setProperty("aws.endpointUrl", simulator.endpoint().toString());
		System.setProperty("aws.endpointUrlCustomerProfiles", simulator.endpoint().toString());
		return simulator;
	}

}
