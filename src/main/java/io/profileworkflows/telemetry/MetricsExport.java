package io.profileworkflows.telemetry;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Sends metrics by OTLP only where an endpoint is given, as traces are: without one they
 * would be sent to this machine, and each minute the log would say that nobody answers.
 */
class MetricsExport implements EnvironmentPostProcessor {

	private static final String ENABLED = "management.otlp.metrics.export.enabled";

	private static final String ENDPOINT = "management.otlp.metrics.export.url";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new OnlyWithEndpoint(environment));
	}

	/**
	 * Asks when it is asked: others may give the endpoint after this was added. The
	 * environment is not its source, since Spring Boot would look for all properties in
	 * there, and in itself again.
	 */
	private static final class OnlyWithEndpoint extends PropertySource<Object> {

		private final ConfigurableEnvironment environment;

		OnlyWithEndpoint(ConfigurableEnvironment environment) {
			super("metricsExport");
			this.environment = environment;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return name.equals(ENABLED) ? Boolean.toString(environment.containsProperty(ENDPOINT)) : null;
		}

	}

}
